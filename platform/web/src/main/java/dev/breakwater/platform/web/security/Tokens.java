package dev.breakwater.platform.web.security;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/** How a token is verified (RS256 alone, issuer, audience, times, a subject) and what it allows ({@code roles}). */
final class Tokens {

    /** The longest {@code sub} that OpenID Connect Core 1.0, section 2, allows, in characters. */
    private static final int LONGEST_SUBJECT = 255;

    private Tokens() {}

    static VerifiedTokens decoder(TokenProperties properties, ResourceLoader resources) {
        var decoder = decoderWithKeys(properties, resources);
        var times = new JwtTimestampValidator(properties.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        var claims = new DelegatingOAuth2TokenValidator<Jwt>(
                times,
                new JwtClaimValidator<Object>(
                        "iss", issuer -> properties.issuer().equals(String.valueOf(issuer))),
                new JwtClaimValidator<Collection<String>>(
                        "aud", audience -> audience != null && audience.contains(properties.audience())),
                new JwtClaimValidator<String>(
                        "sub",
                        subject -> subject != null && !subject.isBlank() && subject.length() <= LONGEST_SUBJECT));
        decoder.setJwtValidator(claims);
        return new VerifiedTokens(
                decoder, claims, properties.keepVerified(), properties.mostVerified(), Ticker.systemTicker());
    }

    static JwtAuthenticationConverter authentication() {
        var roles = new JwtGrantedAuthoritiesConverter();
        roles.setAuthoritiesClaimName("roles");
        roles.setAuthorityPrefix("ROLE_");
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(roles);
        return converter;
    }

    private static NimbusJwtDecoder decoderWithKeys(TokenProperties properties, ResourceLoader resources) {
        if (properties.publicKey() != null && !properties.publicKey().isBlank()) {
            return NimbusJwtDecoder.withPublicKey(publicKey(properties.publicKey(), resources))
                    .signatureAlgorithm(SignatureAlgorithm.RS256)
                    .build();
        }
        if (properties.jwkSetUri() != null && !properties.jwkSetUri().isBlank()) {
            return NimbusJwtDecoder.withJwkSource(IssuerKeys.at(properties.jwkSetUri()))
                    .jwsAlgorithm(SignatureAlgorithm.RS256)
                    .build();
        }
        throw new BeanCreationException(
                "No key to verify tokens with: set breakwater.security.public-key or breakwater.security.jwk-set-uri.");
    }

    private static RSAPublicKey publicKey(String keyOrLocation, ResourceLoader resources) {
        try (var pem = keyOrLocation.contains("-----BEGIN")
                ? new ByteArrayInputStream(keyOrLocation.getBytes(StandardCharsets.US_ASCII))
                : open(keyOrLocation, resources)) {
            return RsaKeyConverters.x509().convert(pem);
        } catch (IOException e) {
            throw new BeanCreationException("breakwater.security.public-key cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(String location, ResourceLoader resources) throws IOException {
        return resources.getResource(location).getInputStream();
    }
}
