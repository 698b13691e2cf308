package dev.breakwater.platform.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
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
 * withdraws is believed for as long as tokens are remembered. Only good tokens are, so that whoever sends bad ones
 * fills nothing.
 */
final class VerifiedTokens implements JwtDecoder {

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> validator;
    private final Cache<String, Jwt> verified;

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

    @Override
    public Jwt decode(String token) throws JwtException {
        var known = verified.getIfPresent(token);
        if (known == null) {
            var jwt = decoder.decode(token);
            verified.put(token, jwt);
            return jwt;
        }
        var result = validator.validate(known);
        if (result.hasErrors()) {
            verified.invalidate(token);
            throw new JwtValidationException("The token is not valid any more.", result.getErrors());
        }
        return known;
    }
}
