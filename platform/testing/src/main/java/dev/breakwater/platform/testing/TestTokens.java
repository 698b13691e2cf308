package dev.breakwater.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Bearer tokens that a service under {@link WithServers} believes, and the kinds that it must refuse. */
public final class TestTokens {

    public static final String ISSUER = "https://issuer.test";
    public static final String AUDIENCE = "breakwater";

    private static final KeyPair KEYS = newKeys();

    private TestTokens() {}

    public static String customer(String customer) {
        return token(customer, "customer");
    }

    public static String admin() {
        return token("admin", "admin");
    }

    /** A good token for whomever, with whichever roles. */
    public static String token(String subject, String... roles) {
        return signed(claims(subject, roles).build(), KEYS.getPrivate());
    }

    public static String expired(String customer) {
        // Longer than clocks may differ, and not much.
        var minuteAgo = Instant.now().minus(Duration.ofMinutes(1));
        var claims = claims(customer, "customer")
                .issueTime(Date.from(minuteAgo.minus(Duration.ofHours(1))))
                .expirationTime(Date.from(minuteAgo));
        return signed(claims.build(), KEYS.getPrivate());
    }

    public static String wrongIssuer(String customer) {
        return signed(
                claims(customer, "customer").issuer("https://elsewhere.test").build(), KEYS.getPrivate());
    }

    public static String wrongAudience(String customer) {
        return signed(claims(customer, "customer").audience("another-shop").build(), KEYS.getPrivate());
    }

    public static String withoutSubject() {
        return signed(claims("", "customer").subject(null).build(), KEYS.getPrivate());
    }

    /** Good for ever. */
    public static String withoutExpiry(String customer) {
        return signed(claims(customer, "customer").expirationTime(null).build(), KEYS.getPrivate());
    }

    /** Signed with a key that nobody published. */
    public static String signedByAStranger(String customer) {
        return signed(claims(customer, "customer").build(), newKeys().getPrivate());
    }

    /** {@code alg: none}. */
    public static String unsigned(String customer) {
        return new PlainJWT(claims(customer, "customer").build()).serialize();
    }

    /** A good token whose signature was cut off. */
    public static String withoutSignature(String customer) {
        var token = customer(customer);
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    /** HS256 with the public key as the secret: believed by whoever lets the token choose its algorithm. */
    public static String signedWithThePublicKey(String customer) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    claims(customer, "customer").build());
            jwt.sign(new MACSigner(publicKeyPem().getBytes(StandardCharsets.US_ASCII)));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key that verifies the good ones, as PEM. */
    public static String publicKeyPem() {
        var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(KEYS.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(base64);
    }

    /** What a service must be told to believe the good ones. */
    public static Map<String, String> properties() {
        return Map.of(
                "breakwater.security.issuer", ISSUER,
                "breakwater.security.audience", AUDIENCE,
                "breakwater.security.public-key", publicKeyPem());
    }

    private static JWTClaimsSet.Builder claims(String subject, String... roles) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .claim("roles", List.of(roles))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))));
    }

    private static String signed(JWTClaimsSet claims, PrivateKey key) {
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
