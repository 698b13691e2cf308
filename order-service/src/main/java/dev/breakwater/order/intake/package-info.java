/**
 * The queue between a flash sale's door and the order ledger: what was let in is in a topic, is written in batches at
 * the database's pace, and can be seen meanwhile.
 */
@NullMarked
package dev.breakwater.order.intake;

import org.jspecify.annotations.NullMarked;
