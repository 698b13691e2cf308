/** What the README tells people to type. */
@NullMarked
package dev.breakwater.e2e.readme;

import org.jspecify.annotations.NullMarked;
