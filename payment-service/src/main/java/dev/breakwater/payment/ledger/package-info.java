/** What the payments' ledger says, for the audit. */
@NullMarked
package dev.breakwater.payment.ledger;

import org.jspecify.annotations.NullMarked;
