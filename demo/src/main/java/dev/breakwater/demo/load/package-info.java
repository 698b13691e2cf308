/** Places orders as many customers at once and says what became of them. */
@NullMarked
package dev.breakwater.demo.load;

import org.jspecify.annotations.NullMarked;
