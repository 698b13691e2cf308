package dev.breakwater.platform.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * The token of the header {@code Authorization: Bearer} (RFC 6750, section 2.1). Spring Security's own resolver holds a
 * regular expression against every token; with those of its firewall that was a tenth of a small call
 * (docs/performance.md).
 */
public final class BearerHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer";

    /**
     * The whole header, if a token is looked for in it; null: the call is an anonymous one, whatever it says of itself.
     */
    public static @Nullable String of(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? header : null;
    }

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        var header = of(request);
        if (header == null) {
            return null;
        }
        var token = SCHEME.length() + 1;
        if (header.length() <= token || header.charAt(SCHEME.length()) != ' ' || !isToken(header, token)) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Bearer token is malformed"));
        }
        return header.substring(token);
    }

    /** {@code b64token}: letters, digits and {@code -._~+/}, then any number of {@code =}. */
    private static boolean isToken(String header, int from) {
        var end = header.length();
        while (end > from && header.charAt(end - 1) == '=') {
            end--;
        }
        for (var i = from; i < end; i++) {
            var c = header.charAt(i);
            var plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && "-._~+/".indexOf(c) < 0) {
                return false;
            }
        }
        return end > from;
    }
}
