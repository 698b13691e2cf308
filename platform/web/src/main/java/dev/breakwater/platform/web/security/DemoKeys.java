package dev.breakwater.platform.web.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The demo's public key as text, to be recognised however it was quoted. */
final class DemoKeys {

    private static final String PUBLIC_KEY = bare(load());

    private DemoKeys() {}

    static boolean contains(String value) {
        // Anything shorter cannot hold a key; this keeps the check off ordinary values.
        return value.length() >= PUBLIC_KEY.length() && bare(value).contains(PUBLIC_KEY);
    }

    private static String bare(String pem) {
        return pem.replaceAll("-----[A-Z ]+-----|\\\\n|\\s", "");
    }

    private static String load() {
        try (var pem = DemoKeys.class.getResourceAsStream("/demo/public-key.pem")) {
            if (pem == null) {
                throw new IllegalStateException("demo/public-key.pem is missing from platform-web");
            }
            return new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
