package dev.breakwater.payment.lifecycle;

/** What is to be paid, by whom, and with which card. */
public record Demand(String customer, long amountMinor, String currency, String token) {}
