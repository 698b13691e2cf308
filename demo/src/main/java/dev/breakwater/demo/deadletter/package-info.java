/** Shows messages that could not be handled, and sends them again. */
@NullMarked
package dev.breakwater.demo.deadletter;

import org.jspecify.annotations.NullMarked;
