package dev.breakwater.platform.web.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** An answer that is an error: thrown anywhere below a controller, it leaves the service as an RFC 9457 problem. */
public final class ProblemException extends RuntimeException {

    private final HttpStatus status;
    private final String code;
    private final List<FieldProblem> errors;
    private final @Nullable Duration retryAfter;

    private ProblemException(
            HttpStatus status, String code, String detail, List<FieldProblem> errors, @Nullable Duration retryAfter) {
        // It is an answer, not a fault: a stack trace would cost more than the rest of a refusal.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(HttpStatus status, String code, String detail) {
        return new ProblemException(status, code, detail, List.of(), null);
    }

    public static ProblemException badRequest(String code, String detail) {
        return of(HttpStatus.BAD_REQUEST, code, detail);
    }

    public static ProblemException notFound(String code, String detail) {
        return of(HttpStatus.NOT_FOUND, code, detail);
    }

    public static ProblemException conflict(String code, String detail) {
        return of(HttpStatus.CONFLICT, code, detail);
    }

    public static ProblemException gone(String code, String detail) {
        return of(HttpStatus.GONE, code, detail);
    }

    public static ProblemException unprocessable(String code, String detail) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
    }

    /** @param retryAfter when a repeat may succeed; sent in whole seconds, rounded up */
    public static ProblemException unavailable(String code, String detail, Duration retryAfter) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of(), retryAfter);
    }

    /** @param retryAfter when a repeat may succeed; sent in whole seconds, rounded up */
    public static ProblemException tooManyRequests(String code, String detail, Duration retryAfter) {
        return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, code, detail, List.of(), retryAfter);
    }

    public ProblemException withErrors(List<FieldProblem> errors) {
        return new ProblemException(status, code, detail(), List.copyOf(errors), retryAfter);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
