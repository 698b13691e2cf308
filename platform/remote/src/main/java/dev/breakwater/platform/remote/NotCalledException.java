package dev.breakwater.platform.remote;

/** A remote call was not made, for its breaker is open or too many others are under way: nothing was sent. */
public final class NotCalledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotCalledException(String name, Throwable cause) {
        super(name + " not called: " + cause.getMessage(), cause, false, false);
    }
}
