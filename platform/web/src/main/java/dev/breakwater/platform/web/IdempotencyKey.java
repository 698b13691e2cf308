package dev.breakwater.platform.web;

import dev.breakwater.platform.web.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's name for one attempt at a write, from the {@code Idempotency-Key} header: repeated, it means the same
 * attempt.
 */
public record IdempotencyKey(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws ProblemException 400 {@code idempotency_key_missing} or {@code idempotency_key_invalid} */
    public static IdempotencyKey parse(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            throw ProblemException.badRequest(
                    "idempotency_key_missing",
                    "This call needs an Idempotency-Key header, so that it can be repeated safely.");
        }
        if (!ALLOWED.matcher(header).matches()) {
            throw ProblemException.badRequest(
                    "idempotency_key_invalid", "An Idempotency-Key is 1 to 64 characters of A-Z a-z 0-9 - _.");
        }
        return new IdempotencyKey(header);
    }
}
