package dev.breakwater.bank.refund;

/** Money that went back to the card. */
record Refund(String key, String chargeKey, long amountMinor, String bankReference) {}
