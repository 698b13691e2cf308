/** What the suite is deployed with, read and judged without any engine. */
@NullMarked
package dev.breakwater.e2e.deployment;

import org.jspecify.annotations.NullMarked;
