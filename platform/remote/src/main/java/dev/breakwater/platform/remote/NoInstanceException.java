package dev.breakwater.platform.remote;

import java.io.IOException;

/** The registry has no instance of a service. */
final class NoInstanceException extends IOException {

    private static final long serialVersionUID = 1L;

    NoInstanceException(String service) {
        super("no instance of " + service);
    }
}
