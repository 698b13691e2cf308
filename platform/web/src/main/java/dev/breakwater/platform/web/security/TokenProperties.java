package dev.breakwater.platform.web.security;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are believed.
 *
 * @param issuer the {@code iss} a token must have
 * @param audience what {@code aud} must contain
 * @param publicKey an RSA public key, PEM, or where to load it from ({@code classpath:}, {@code file:}); for an issuer
 *     with one fixed key
 * @param jwkSetUri where the issuer publishes its keys; for any OIDC provider
 * @param clockSkew how far the issuer's clock may be from ours
 * @param keepVerified for how long a verified signature need not be verified again; zero: it is at every call
 * @param mostVerified of how many tokens this is remembered, about 3 KB each
 */
@Validated
@ConfigurationProperties("breakwater.security")
public record TokenProperties(
        @NotBlank String issuer,
        @NotBlank String audience,
        @Nullable String publicKey,
        @Nullable String jwkSetUri,
        @DefaultValue("10s") Duration clockSkew,
        @DefaultValue("60s") @DurationMin(nanos = 0) Duration keepVerified,
        @DefaultValue("2000") @PositiveOrZero int mostVerified) {}
