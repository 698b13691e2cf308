package dev.breakwater.platform.web.problem;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;

/**
 * Which problem an exception is for the client. What nobody foresaw is an {@code internal_error} that tells nothing of
 * the inside.
 */
public final class Problems {

    private Problems() {}

    public static ProblemException of(Throwable thrown) {
        var tooLarge = cause(thrown, BodyTooLargeException.class);
        if (tooLarge != null) {
            return tooLarge.problem();
        }
        return switch (thrown) {
            case ProblemException problem -> problem;
            case MethodArgumentNotValidException invalid ->
                invalid(invalid.getFieldErrors().stream()
                        .map(Problems::fieldProblem)
                        .toList());
            case HandlerMethodValidationException invalid ->
                invalid(invalid.getParameterValidationResults().stream()
                        .flatMap(result -> result.getResolvableErrors().stream()
                                .map(error -> error instanceof FieldError field
                                        ? fieldProblem(field)
                                        : new FieldProblem(
                                                String.valueOf(result.getMethodParameter()
                                                        .getParameterName()),
                                                String.valueOf(error.getDefaultMessage()))))
                        .toList());
            case MethodArgumentTypeMismatchException mismatch ->
                invalid(List.of(new FieldProblem(mismatch.getName(), "has the wrong form")));
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case ErrorResponse response -> ofStatus(response.getStatusCode().value());
            // A query that Tomcat cannot decode, found out by whoever first asks for a parameter.
            case InvalidParameterException undecodable -> ofStatus(400);
            default -> ofStatus(500);
        };
    }

    /** The problem of a status that comes without an explanation of its own. */
    public static ProblemException ofStatus(int code) {
        var status = HttpStatus.resolve(code);
        if (status == null || status.value() < 400) {
            status = HttpStatus.INTERNAL_SERVER_ERROR;
        }
        return switch (status) {
            case BAD_REQUEST -> ProblemException.badRequest("malformed_request", "The request is malformed.");
            case UNAUTHORIZED -> ProblemException.of(status, "unauthorized", "This call needs a valid bearer token.");
            case FORBIDDEN -> ProblemException.of(status, "forbidden", "The token does not allow this call.");
            case NOT_FOUND -> ProblemException.notFound("not_found", "There is nothing at this address.");
            case METHOD_NOT_ALLOWED ->
                ProblemException.of(status, "method_not_allowed", "This address does not take that method.");
            case NOT_ACCEPTABLE ->
                ProblemException.of(status, "not_acceptable", "The answer is not available in a format you accept.");
            case REQUEST_TIMEOUT ->
                ProblemException.of(status, "request_timeout", "The request's body did not arrive in time.");
            case UNSUPPORTED_MEDIA_TYPE ->
                ProblemException.of(status, "unsupported_media_type", "The body must be application/json.");
            case SERVICE_UNAVAILABLE ->
                ProblemException.unavailable(
                        "service_unavailable", "The service cannot answer now.", Duration.ofSeconds(1));
            case INTERNAL_SERVER_ERROR ->
                ProblemException.of(
                        status, "internal_error", "Something went wrong here. The trace id finds it in the log.");
            default ->
                ProblemException.of(status, status.name().toLowerCase(Locale.ROOT), status.getReasonPhrase() + ".");
        };
    }

    private static ProblemException unreadable(HttpMessageNotReadableException unreadable) {
        if (cause(unreadable, SocketTimeoutException.class) != null) {
            return ofStatus(408);
        }
        var json = cause(unreadable, JacksonException.class);
        if (json == null) {
            return ProblemException.badRequest("malformed_request", "The request needs a JSON body.");
        }
        // A number that is JSON but too large for its field is that field's error.
        var isMalformed = json instanceof StreamReadException && !(json instanceof InputCoercionException);
        if (isMalformed || json.getPath().isEmpty()) {
            return ProblemException.badRequest("malformed_json", "The body is not the JSON that this call takes.");
        }
        var field = new StringBuilder();
        for (var step : json.getPath()) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return invalid(List.of(new FieldProblem(field.toString(), "is unknown or has the wrong type")));
    }

    private static ProblemException invalid(List<FieldProblem> errors) {
        return ProblemException.badRequest("invalid_request", "The request is not valid.")
                .withErrors(errors);
    }

    private static FieldProblem fieldProblem(FieldError error) {
        return new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage()));
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
