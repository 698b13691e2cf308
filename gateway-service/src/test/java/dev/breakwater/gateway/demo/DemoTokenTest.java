package dev.breakwater.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jwt.SignedJWT;
import dev.breakwater.gateway.GatewayUnderTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

@ActiveProfiles("demo")
class DemoTokenTest extends GatewayUnderTest {

    /** The demo's own issuer and key, and so the pair of keys in this repository. */
    @DynamicPropertySource
    static void demoIssuer(DynamicPropertyRegistry registry) {
        registry.add("breakwater.security.issuer", () -> "https://breakwater.dev/demo");
        registry.add("breakwater.security.public-key", () -> "classpath:demo/public-key.pem");
    }

    @Test
    void a_token_for_a_customer_is_believed_and_names_the_customer() throws Exception {
        var answer = mint("{\"customer\": \"alice\", \"roles\": [\"customer\", \"admin\"]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        var body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
        assertThat(body.get("token_type").stringValue()).isEqualTo("Bearer");
        assertThat(body.get("expires_in").intValue()).isEqualTo(3600);
        var token = body.get("access_token").stringValue();
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getStringListClaim("roles")).containsExactly("customer", "admin");
        assertThat(claims.getExpirationTime().toInstant())
                .isCloseTo(Instant.now().plusSeconds(3600), within(1, ChronoUnit.MINUTES));
        ORDERS.answers(200, "{}");
        assertThat(send(request("/api/v1/orders").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"customer\": \"alice\"}",
                "{\"roles\": [\"customer\"]}",
                "{\"customer\": \"\", \"roles\": [\"customer\"]}",
                "{\"customer\": \"a b\", \"roles\": [\"customer\"]}",
                "{\"customer\": \"alice\\n\", \"roles\": [\"customer\"]}",
                "{\"customer\": null, \"roles\": [\"customer\"]}",
                "{\"customer\": 7, \"roles\": [\"customer\"]}",
                "{\"customer\": \"alice\", \"roles\": []}",
                "{\"customer\": \"alice\", \"roles\": [null]}",
                "{\"customer\": \"alice\", \"roles\": \"customer\"}",
                "{\"customer\": \"alice\", \"roles\": [\"root\"]}",
                "{\"customer\": \"alice\", \"roles\": [\"ADMIN\"]}",
                "{\"customer\": \"alice\", \"roles\": [\"customer\", \"customer\"]}",
                "{\"customer\": \"alice\", \"roles\": [\"customer\"], \"sub\": \"bob\"}"
            })
    void a_wish_outside_the_schema_is_refused_with_the_fields_that_are_wrong(String wish) {
        var answer = mint(wish);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_request\"", "\"errors\":[");
    }

    @Test
    void a_name_may_have_64_characters_and_not_one_more() {
        assertThat(mint("{\"customer\": \"%s\", \"roles\": [\"customer\"]}".formatted("a".repeat(64)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(mint("{\"customer\": \"%s\", \"roles\": [\"customer\"]}".formatted("a".repeat(65)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_not_json_is_refused() {
        assertThat(mint("customer=alice").statusCode()).isEqualTo(400);
        assertThat(mint("").statusCode()).isEqualTo(400);
        assertThat(send(request("/demo/token")
                                .POST(HttpRequest.BodyPublishers.ofString("customer=alice"))
                                .header("Content-Type", "application/x-www-form-urlencoded"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(request("/demo/token")).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> mint(String wish) {
        return send(json(request("/demo/token"), wish));
    }
}
