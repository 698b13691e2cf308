package dev.breakwater.payment.lifecycle;

import java.time.Instant;

/** The latest call that may have moved money: its number, where it went, and when it was written down. */
public record Attempt(int number, String channel, Instant begunAt) {}
