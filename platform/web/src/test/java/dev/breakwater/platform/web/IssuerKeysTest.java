package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import dev.breakwater.platform.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.converter.RsaKeyConverters;

/** The keys come from where the issuer publishes them. */
@ExtendWith(OutputCaptureExtension.class)
class IssuerKeysTest {

    private volatile boolean isDown = true;

    @Test
    void while_the_keys_cannot_be_had_a_token_is_neither_good_nor_bad(CapturedOutput output) throws Exception {
        var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            try (exchange) {
                var keys = keys().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(isDown ? 500 : 200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        try (var app = new SpringApplicationBuilder(WebTestApp.class)
                .run(
                        "--spring.config.import=classpath:platform/web.yaml",
                        "--server.port=0",
                        "--management.server.port=0",
                        "--breakwater.security.issuer=" + TestTokens.ISSUER,
                        "--breakwater.security.jwk-set-uri=http://localhost:"
                                + issuer.getAddress().getPort() + "/keys")) {
            var port = app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            // It takes the connection, and hangs.
            refuses(port);
            issuer.start();
            refuses(port);
            assertThat(output).contains("token not verified cause=").doesNotContain("\tat ");

            isDown = false;
            assertThat(send(request(port, "/who").header("Authorization", alice()))
                            .body())
                    .isEqualTo("alice");
            assertProblem(
                    send(request(port, "/who")
                            .header("Authorization", "Bearer " + TestTokens.signedByAStranger("mallory"))),
                    401,
                    "unauthorized");
        } finally {
            issuer.stop(0);
        }
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
