package dev.breakwater.platform.batching;

/** An item was turned away before it was in any batch: nothing of it was written. */
public final class NotWrittenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an item was turned away. */
    public enum Cause {
        /** As many items wait as may wait. */
        QUEUE_FULL,
        /** Its time was over while it waited. */
        WAITED_TOO_LONG,
        /** The batch is closed. */
        CLOSED
    }

    private final Cause why;

    NotWrittenException(Cause why) {
        // No stack trace: a refusal under overload has to be cheap, and it is no fault of the program.
        super(why.name(), null, false, false);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
