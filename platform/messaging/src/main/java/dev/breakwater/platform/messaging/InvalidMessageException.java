package dev.breakwater.platform.messaging;

import org.jspecify.annotations.Nullable;

/** A message that no repeat will make readable: it belongs to the dead letters. */
public final class InvalidMessageException extends RuntimeException {

    public InvalidMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
