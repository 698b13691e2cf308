package dev.breakwater.platform.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Verifies a signature once and remembers for a while that it was good: a customer sends the same token with each call,
 * and to parse it and raise its signature to the key's power costs as much as the rest of a small call.
 *
 * <p>What can change while it is remembered is asked every time: whether the token is valid now. A key that the issuer
 * withdraws is believed for as long as a token is remembered, on top of the five minutes for which Nimbus keeps an
 * issuer's keys by itself. Only good tokens are, so that whoever sends bad ones fills nothing.
 */
final class VerifiedTokens implements JwtDecoder, RememberedTokens {

    private static final String SCHEME = "Bearer ";

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> validator;
    private final Cache<Digest, Claims> verified;

    /**
     * @param decoder verifies a token that is not known, claims included
     * @param validator judges the claims of one that is
     * @param keep for how long a signature is remembered
     * @param atMost how many tokens are
     */
    VerifiedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> validator, Duration keep, int atMost, Ticker ticker) {
        this.decoder = decoder;
        this.validator = validator;
        verified = Caffeine.newBuilder()
                .maximumSize(atMost)
                .expireAfterWrite(keep)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** What a token said, without what makes it one. */
    private record Claims(
            @Nullable Instant issuedAt,
            @Nullable Instant expiresAt,
            Map<String, Object> headers,
            Map<String, Object> claims) {

        static Claims of(Jwt jwt) {
            return new Claims(jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getHeaders(), jwt.getClaims());
        }

        Jwt as(String token) {
            return new Jwt(token, issuedAt, expiresAt, headers, claims);
        }
    }

    /** SHA-256, so that the memory of a process is no store of tokens. */
    private record Digest(long a, long b, long c, long d) {

        static Digest of(String token) {
            try {
                var bytes = ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
                return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    @Override
    public boolean remembers(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && verified.getIfPresent(Digest.of(authorization.substring(SCHEME.length()))) != null;
    }

    @Override
    public Jwt decode(String token) throws JwtException {
        var digest = Digest.of(token);
        var known = verified.getIfPresent(digest);
        if (known == null) {
            var jwt = decoder.decode(token);
            verified.put(digest, Claims.of(jwt));
            return jwt;
        }
        var jwt = known.as(token);
        var result = validator.validate(jwt);
        if (result.hasErrors()) {
            verified.invalidate(digest);
            throw new JwtValidationException("The token is not valid any more.", result.getErrors());
        }
        return jwt;
    }
}
