/**
 * The acquirers' side of the suite as one small process: several channels that charge and refund cards, each idempotent
 * by key.
 */
@NullMarked
package dev.breakwater.bank;

import org.jspecify.annotations.NullMarked;
