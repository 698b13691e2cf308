package dev.breakwater.gateway.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.breakwater.platform.web.security.TokenProperties;
import jakarta.validation.Valid;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Mints a token for whoever asks: in the demo, where the key that signs it is in everybody's hands anyway. */
@RestController
@Profile("demo")
@EnableConfigurationProperties(DemoTokenProperties.class)
class DemoTokenController {

    private static final Duration LIFE = Duration.ofHours(1);

    private final RSASSASigner signer;
    private final TokenProperties believed;
    private final Clock clock;

    DemoTokenController(DemoTokenProperties properties, TokenProperties believed, Clock clock) throws IOException {
        try (var pem = properties.privateKey().getInputStream()) {
            this.signer = new RSASSASigner(
                    Objects.requireNonNull(RsaKeyConverters.pkcs8().convert(pem)));
        }
        this.believed = believed;
        this.clock = clock;
    }

    @PostMapping("/demo/token")
    ResponseEntity<DemoToken> token(@Valid @RequestBody DemoTokenRequest request) throws JOSEException {
        var now = clock.instant();
        var jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .issuer(believed.issuer())
                        .audience(believed.audience())
                        .subject(request.customer())
                        .claim("roles", request.roles())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .build());
        jwt.sign(signer);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new DemoToken(jwt.serialize(), "Bearer", LIFE.toSeconds()));
    }

    record DemoToken(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}
}
