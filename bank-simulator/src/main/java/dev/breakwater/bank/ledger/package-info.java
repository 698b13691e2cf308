/** What the bank says it holds, as counters that are written in the transaction of each charge and refund. */
@NullMarked
package dev.breakwater.bank.ledger;

import org.jspecify.annotations.NullMarked;
