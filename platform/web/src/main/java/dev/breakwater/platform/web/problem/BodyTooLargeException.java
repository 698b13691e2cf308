package dev.breakwater.platform.web.problem;

import java.io.IOException;
import org.springframework.http.HttpStatus;

/** Thrown out of the request's stream when more arrives than a body may have. */
public final class BodyTooLargeException extends IOException {

    private final long limit;

    public BodyTooLargeException(long limit) {
        super("body over " + limit + " bytes");
        this.limit = limit;
    }

    public ProblemException problem() {
        return ProblemException.of(
                HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "A body may have at most " + limit + " bytes.");
    }
}
