package dev.breakwater.bank.ledger;

/** Sums in minor units over all channels, and how many references were charged more than once. */
public record Balance(long chargedMinor, long refundedMinor, long duplicateCharges) {

    public static Balance charged(long amountMinor, boolean duplicate) {
        return new Balance(amountMinor, 0, duplicate ? 1 : 0);
    }

    public static Balance refunded(long amountMinor) {
        return new Balance(0, amountMinor, 0);
    }
}
