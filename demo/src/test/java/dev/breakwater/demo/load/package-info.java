/** The load's own figures. */
@NullMarked
package dev.breakwater.demo.load;

import org.jspecify.annotations.NullMarked;
