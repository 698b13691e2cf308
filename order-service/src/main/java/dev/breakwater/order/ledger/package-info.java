/** What the order ledger says, for the audit. */
@NullMarked
package dev.breakwater.order.ledger;

import org.jspecify.annotations.NullMarked;
