/** Charges: one a key and channel, and what each of the demo's card tokens makes of them. */
@NullMarked
package dev.breakwater.bank.charge;

import org.jspecify.annotations.NullMarked;
