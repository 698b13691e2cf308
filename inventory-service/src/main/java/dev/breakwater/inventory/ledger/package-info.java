/**
 * What the service says of its own books to the audit, and the comparison of balances with the ledger that never ends.
 */
@NullMarked
package dev.breakwater.inventory.ledger;

import org.jspecify.annotations.NullMarked;
