package dev.breakwater.platform.persistence;

/** Another transaction is about to use, or to forget, one of a batch's idempotency keys. */
public final class KeyInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyInUseException(Throwable cause) {
        super("an idempotency key is in use by another transaction", cause);
    }
}
