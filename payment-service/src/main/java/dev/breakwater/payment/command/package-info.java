/** What order-service asks for: capture, void, refund; each answered, also when repeated. */
@NullMarked
package dev.breakwater.payment.command;

import org.jspecify.annotations.NullMarked;
