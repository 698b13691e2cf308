package dev.breakwater.order.saga;

/** How an order is paid: a kind ({@code card}) and the token that stands for the customer's card. */
public record PaymentMethod(String type, String token) {}
