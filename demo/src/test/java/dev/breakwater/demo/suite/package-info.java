/** What belongs to a run. */
@NullMarked
package dev.breakwater.demo.suite;

import org.jspecify.annotations.NullMarked;
