/** Commands as they are on the wire. */
@NullMarked
package dev.breakwater.payment.command;

import org.jspecify.annotations.NullMarked;
