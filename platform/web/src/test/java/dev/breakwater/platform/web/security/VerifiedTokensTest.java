package dev.breakwater.platform.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;

class VerifiedTokensTest {

    private static final Duration KEPT = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> verified = new ArrayList<>();
    private boolean expired;
    private final VerifiedTokens tokens = new VerifiedTokens(this::verify, this::validate, KEPT, 3, nanos::get);

    @Test
    void a_signature_is_verified_once() {
        assertThat(tokens.decode("a").getSubject()).isEqualTo("of a");
        assertThat(tokens.decode("a").getSubject()).isEqualTo("of a");
        assertThat(tokens.decode("b").getSubject()).isEqualTo("of b");

        assertThat(verified).containsExactly("a", "b");
    }

    @Test
    void a_signature_is_verified_again_when_it_was_kept_long_enough() {
        tokens.decode("a");
        nanos.addAndGet(KEPT.minusNanos(1).toNanos());
        tokens.decode("a");
        nanos.addAndGet(1);
        tokens.decode("a");

        assertThat(verified).containsExactly("a", "a");
    }

    @Test
    void a_known_token_that_has_expired_is_refused() {
        tokens.decode("a");
        expired = true;

        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(JwtValidationException.class);
    }

    @Test
    void kept_for_no_time_a_signature_is_verified_at_every_call() {
        var forgetful = new VerifiedTokens(this::verify, this::validate, Duration.ZERO, 3, nanos::get);
        forgetful.decode("a");
        forgetful.decode("a");

        assertThat(verified).containsExactly("a", "a");
    }

    @Test
    void a_remembered_token_is_the_same_as_a_verified_one() {
        var first = tokens.decode("a");
        var second = tokens.decode("a");

        assertThat(second.getTokenValue()).isEqualTo("a");
        assertThat(second.getClaims()).isEqualTo(first.getClaims());
        assertThat(second.getHeaders()).isEqualTo(first.getHeaders());
        assertThat(second.getExpiresAt()).isEqualTo(first.getExpiresAt());
    }

    @Test
    void a_bad_token_is_not_remembered() {
        assertThatThrownBy(() -> tokens.decode("bad")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode("bad")).isInstanceOf(BadJwtException.class);

        assertThat(verified).containsExactly("bad", "bad");
    }

    @Test
    void no_more_tokens_are_remembered_than_configured() {
        for (var customer = 0; customer < 100; customer++) {
            tokens.decode("a" + customer);
        }
        verified.clear();
        for (var customer = 0; customer < 100; customer++) {
            tokens.decode("a" + customer);
        }

        assertThat(verified).hasSizeGreaterThanOrEqualTo(97);
    }

    private Jwt verify(String token) {
        verified.add(token);
        if (token.equals("bad")) {
            throw new BadJwtException("bad");
        }
        return new Jwt(token, Instant.EPOCH, Instant.MAX, Map.of("alg", "RS256"), Map.of("sub", "of " + token));
    }

    private OAuth2TokenValidatorResult validate(Jwt jwt) {
        return expired
                ? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"))
                : OAuth2TokenValidatorResult.success();
    }
}
