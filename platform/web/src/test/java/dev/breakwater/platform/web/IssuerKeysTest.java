package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.breakwater.platform.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.converter.RsaKeyConverters;

/** The keys come from where the issuer publishes them. */
@ExtendWith(OutputCaptureExtension.class)
class IssuerKeysTest {

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isDown = true;

    @Test
    void while_the_keys_cannot_be_had_a_token_is_neither_good_nor_bad(CapturedOutput output) throws Exception {
        var issuer = issuer();
        try (var app = app(issuer)) {
            var port = app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            // It takes the connection, and hangs.
            refuses(port);
            issuer.start();
            refuses(port);
            assertThat(output).contains("token not verified cause=").doesNotContain("\tat ");

            isDown = false;
            // It is asked twice in five seconds at most.
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(send(request(port, "/who").header("Authorization", alice()))
                                    .body())
                            .isEqualTo("alice"));
            assertProblem(
                    send(request(port, "/who")
                            .header("Authorization", "Bearer " + TestTokens.signedByAStranger("mallory"))),
                    401,
                    "unauthorized");
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void keys_that_somebody_invents_are_not_looked_for_each_time() throws Exception {
        isDown = false;
        var issuer = issuer();
        issuer.start();
        try (var app = app(issuer)) {
            var port = app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            var key = new RSAKeyGenerator(2_048).generate();
            var began = System.nanoTime();
            for (var n = 0; n < 50; n++) {
                assertProblem(
                        send(request(port, "/who").header("Authorization", "Bearer " + ofInventedKey(key))),
                        401,
                        "unauthorized");
            }
            assertThat(send(request(port, "/who").header("Authorization", alice()))
                            .body())
                    .isEqualTo("alice");
            var fives = 1 + Duration.ofNanos(System.nanoTime() - began).toSeconds() / 5;
            assertThat(asked.get()).isBetween(1, Math.toIntExact(1 + 2 * fives));
        } finally {
            issuer.stop(0);
        }
    }

    private static String ofInventedKey(RSAKey key) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(UUID.randomUUID().toString())
                .build();
        var token = new JWSObject(header, new Payload("{\"sub\": \"mallory\"}"));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private HttpServer issuer() throws IOException {
        var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                var keys = keys().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(isDown ? 500 : 200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        return issuer;
    }

    private static ConfigurableApplicationContext app(HttpServer issuer) {
        return new SpringApplicationBuilder(WebTestApp.class)
                .run(
                        "--spring.config.import=classpath:platform/web.yaml",
                        "--server.port=0",
                        "--management.server.port=0",
                        "--breakwater.security.issuer=" + TestTokens.ISSUER,
                        "--breakwater.security.jwk-set-uri=http://localhost:"
                                + issuer.getAddress().getPort() + "/keys");
    }

    private static void refuses(int port) throws Exception {
        var answer = send(request(port, "/who").header("Authorization", alice()));
        assertProblem(answer, 503, "service_unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    private static String keys() {
        var pem = new ByteArrayInputStream(TestTokens.publicKeyPem().getBytes(UTF_8));
        return new JWKSet(new RSAKey.Builder(RsaKeyConverters.x509().convert(pem)).build()).toString();
    }
}
