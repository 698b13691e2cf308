package dev.breakwater.platform.remote;

/** Thrown inside a remote call that failed in a way which says nothing about those that were called. */
public final class SaysNothingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Exception reason;

    /** @param reason how it failed */
    public SaysNothingException(Exception reason) {
        super(reason.getMessage(), reason, false, false);
        this.reason = reason;
    }

    public Exception reason() {
        return reason;
    }
}
