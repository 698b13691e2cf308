package dev.breakwater.payment.bank;

/** The bank's own sums over all its channels. */
public record BankLedger(long chargedMinor, long refundedMinor, long duplicateCharges) {}
