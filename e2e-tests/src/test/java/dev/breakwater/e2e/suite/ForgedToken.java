package dev.breakwater.e2e.suite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tokens as an attacker would make them; also with the key of the demo, so that one claim alone is wrong. */
public final class ForgedToken {

    private static final Path PRIVATE_KEY =
            Suite.repository().resolve("gateway-service/src/main/resources/demo/private-key.pem");
    private static final Path PUBLIC_KEY =
            Suite.repository().resolve("platform/web/src/main/resources/demo/public-key.pem");

    private final Map<String, Object> claims = new LinkedHashMap<>();

    /** Good in everything so far. */
    public ForgedToken(String customer) {
        var now = Instant.now().getEpochSecond();
        claims.put("iss", "https://breakwater.dev/demo");
        claims.put("aud", "breakwater");
        claims.put("sub", customer);
        claims.put("roles", List.of("customer"));
        claims.put("iat", now - 7_200);
        claims.put("exp", now + 3_600);
    }

    /** Null takes the claim out. */
    public ForgedToken with(String claim, @Nullable Object value) {
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return this;
    }

    public String signed() {
        return signedWith(demoKey());
    }

    public String signedByAStranger() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return signedWith(generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code alg: none}. */
    public String unsigned() {
        return content("none") + ".";
    }

    public String withoutSignature() {
        return content("RS256") + ".";
    }

    /** HS256 with the public key as the secret: believed by whoever lets the token choose its algorithm. */
    public String signedWithThePublicKey() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Files.readAllBytes(PUBLIC_KEY), "HmacSHA256"));
            var content = content("HS256");
            return content + "." + base64(mac.doFinal(content.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String signedWith(PrivateKey key) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            var content = content("RS256");
            signature.update(content.getBytes(US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String content(String algorithm) {
        var header = "{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm);
        return base64(header.getBytes(UTF_8)) + "." + base64(JsonMapper.shared().writeValueAsBytes(claims));
    }

    private static PrivateKey demoKey() {
        try {
            var base64 = Files.readString(PRIVATE_KEY).replaceAll("-----[^-]+-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
