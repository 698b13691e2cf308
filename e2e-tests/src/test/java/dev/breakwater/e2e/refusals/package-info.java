/** What the suite does not take: each refusal is a problem of the contract, and changes nothing. */
@NullMarked
package dev.breakwater.e2e.refusals;

import org.jspecify.annotations.NullMarked;
