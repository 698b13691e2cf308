/**
 * What every ledger of the suite stands on: transactions that survive a deadlock, ids, idempotency records, counters.
 */
@NullMarked
package dev.breakwater.platform.persistence;

import org.jspecify.annotations.NullMarked;
