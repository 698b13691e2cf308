package dev.breakwater.payment.bank;

/**
 * A refund as the bank is asked for it.
 *
 * @param key makes it happen once on a channel
 */
public record RefundOrder(String key, String chargeKey, long amountMinor) {}
