package dev.breakwater.payment.bank;

import java.io.IOException;

/** No connection came about, so nothing was sent. */
final class NoConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    NoConnectionException(IOException cause) {
        super(cause);
    }
}
