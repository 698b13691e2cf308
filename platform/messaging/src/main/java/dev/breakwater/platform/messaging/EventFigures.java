package dev.breakwater.platform.messaging;

/**
 * What is under way in a service's messaging.
 *
 * @param outboxPending rows not yet acknowledged by Kafka
 * @param deadLetters records put aside and not replayed; -1 when Kafka cannot be asked
 * @param lag records not yet consumed by this service's groups; -1 when Kafka cannot be asked
 */
public record EventFigures(long outboxPending, long deadLetters, long lag) {}
