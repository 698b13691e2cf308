package dev.breakwater.order.intake;

/** Kafka did not say what the intake's topic holds, so nobody can tell whether an order is in it. */
public final class NotAskedException extends Exception {

    NotAskedException(Throwable cause) {
        super("the intake's topic could not be read", cause);
    }
}
