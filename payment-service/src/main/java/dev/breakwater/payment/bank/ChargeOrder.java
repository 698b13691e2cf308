package dev.breakwater.payment.bank;

/**
 * A charge as the bank is asked for it.
 *
 * @param key makes it happen once on a channel
 * @param reference our own name for what is paid, the same on every channel
 */
public record ChargeOrder(String key, String reference, long amountMinor, String currency, String token) {}
