package dev.breakwater.payment.lifecycle;

import java.time.Instant;

/** The latest call that may have moved money: where it went, and when it was written down. */
public record Attempt(String channel, Instant begunAt) {}
