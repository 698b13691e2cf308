package dev.breakwater.platform.remote;

/**
 * A remote call was not made, for its breaker is open, too many others are under way, or those that are called do not
 * accept what they are sent: nothing was sent.
 */
public final class NotCalledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotCalledException(String name, Throwable cause) {
        super(name + " not called: " + cause.getMessage(), cause, false, false);
    }

    NotCalledException(String name, String reason) {
        super(name + " not called: " + reason, null, false, false);
    }
}
