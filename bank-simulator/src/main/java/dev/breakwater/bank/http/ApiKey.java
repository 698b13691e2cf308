package dev.breakwater.bank.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret a caller shows as a bearer token, compared in constant time. */
public final class ApiKey {

    private final byte @Nullable [] expected;

    public ApiKey(String key) {
        expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
    }

    private ApiKey() {
        expected = null;
    }

    /** Asks for nothing. */
    public static ApiKey none() {
        return new ApiKey();
    }

    void check(@Nullable String authorization) {
        if (expected == null) {
            return;
        }
        byte[] shown = authorization == null ? new byte[0] : authorization.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, shown)) {
            throw Rejection.unauthorized();
        }
    }
}
