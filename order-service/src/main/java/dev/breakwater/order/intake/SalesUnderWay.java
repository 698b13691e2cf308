package dev.breakwater.order.intake;

/** Knows whether flash sales may be letting orders in. */
@FunctionalInterface
public interface SalesUnderWay {

    boolean isAny();
}
