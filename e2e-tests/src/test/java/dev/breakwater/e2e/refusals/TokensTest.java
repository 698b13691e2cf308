package dev.breakwater.e2e.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.ForgedToken;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may not call, and who a caller cannot pretend to be. */
@WithSuite
class TokensTest {

    private static final String VICTIM = "e2e-victim";

    private final Shop shop;
    private final Suite suite;

    TokensTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    static Stream<Arguments> bad_tokens() {
        var now = Instant.now().getEpochSecond();
        return Stream.of(
                Arguments.of("none at all", ""),
                Arguments.of("a word", "secret"),
                Arguments.of("three words", "a.b.c"),
                Arguments.of("expired", forged().with("exp", now - 60).signed()),
                Arguments.of("not valid yet", forged().with("nbf", now + 3_600).signed()),
                Arguments.of("without an end", forged().with("exp", null).signed()),
                Arguments.of("alg none", forged().unsigned()),
                Arguments.of("without its signature", forged().withoutSignature()),
                Arguments.of("HS256 with the public key", forged().signedWithThePublicKey()),
                Arguments.of("signed by a stranger", forged().signedByAStranger()),
                Arguments.of(
                        "wrong issuer",
                        forged().with("iss", "https://elsewhere.test").signed()),
                Arguments.of("no issuer", forged().with("iss", null).signed()),
                Arguments.of(
                        "wrong audience", forged().with("aud", "another-shop").signed()),
                Arguments.of("no audience", forged().with("aud", null).signed()),
                Arguments.of("no subject", forged().with("sub", null).signed()),
                Arguments.of("an empty subject", forged().with("sub", " ").signed()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_tokens")
    void a_bad_token_opens_nothing(String what, String token) {
        var caller = shop.withToken(token);

        caller.post("orders", "forged", Caller.order("SKU-000001", 1, "tok_ok")).expectProblem(401, "unauthorized");
        caller.get("orders").expectProblem(401, "unauthorized");
        caller.get("payments/00000000-0000-7000-8000-000000000000").expectProblem(401, "unauthorized");
        caller.get("products/SKU-000001/stock").expectProblem(401, "unauthorized");
        caller.put("products/SKU-000001", "{}").expectProblem(401, "unauthorized");
        caller.get("audit").expectProblem(401, "unauthorized");
        // The token is judged before the body.
        caller.post("orders", "forged", "not json").expectProblem(401, "unauthorized");
        assertThat(shop.customer(VICTIM).get("orders").expect(200).json().path("items"))
                .as(what)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_tokens")
    void a_service_believes_a_bad_token_as_little_as_the_gateway(String what, String token) throws Exception {
        for (var call : List.of(
                "8081/api/v1/orders",
                "8082/api/v1/products/SKU-000001/stock",
                "8083/api/v1/payments/" + UUID.randomUUID(),
                "8081/internal/ledger")) {
            assertThat(directly(call, token)).as(what + " at " + call).isEqualTo(401);
        }
    }

    @Test
    void a_token_made_like_these_but_right_in_everything_is_believed() throws Exception {
        var token = forged().signed();

        shop.withToken(token).get("orders").expect(200);
        assertThat(directly("8081/api/v1/orders", token)).isEqualTo(200);
        assertThat(directly("8081/internal/ledger", token)).isEqualTo(403);
    }

    @Test
    void a_role_opens_what_it_is_for_and_no_more() {
        var customer = shop.newCustomer();
        var draft =
                "{\"name\": \"Mine\", \"description\": \"\", \"category\": \"e2e\", \"priceMinor\": 1, \"currency\": \"CNY\"}";
        var before = shop.anonymous().get("products/SKU-000001").expect(200).text();
        var stockBefore = shop.stock("SKU-000001");

        customer.put("products/SKU-000001", draft).expectProblem(403, "forbidden");
        customer.post("products/SKU-000001/stock", "key", "{\"delta\": 1, \"reason\": \"mine\"}")
                .expectProblem(403, "forbidden");
        // 403 comes before the body is looked at.
        customer.put("products/SKU-000001", "not json").expectProblem(403, "forbidden");
        shop.admin()
                .post("orders", "key", Caller.order("SKU-000001", 1, "tok_ok"))
                .expectProblem(403, "forbidden");
        var nobody = shop.withToken(forged().with("roles", List.of()).signed());
        nobody.get("orders").expectProblem(403, "forbidden");
        shop.withToken(forged().with("roles", List.of("ADMIN", "ROLE_admin")).signed())
                .put("products/SKU-000001", draft)
                .expectProblem(403, "forbidden");

        assertThat(shop.anonymous().get("products/SKU-000001").expect(200).text())
                .isEqualTo(before);
        assertThat(shop.stock("SKU-000001")).isEqualTo(stockBefore);
    }

    @Test
    void nothing_that_a_client_sends_names_another_customer() {
        var attacker = shop.newCustomer();
        var names = List.of(
                "X-User",
                "X-User-Id",
                "X-Customer",
                "X-Customer-Id",
                "X-Forwarded-User",
                "X-Authenticated-User",
                "Remote-User",
                "X-Roles",
                "Customer");

        var id = attacker.send("orders?customer=" + VICTIM + "&sub=" + VICTIM, request -> {
                    names.forEach(name -> request.header(name, VICTIM));
                    return request.header("Content-Type", "application/json")
                            .header("Idempotency-Key", "pretending")
                            .POST(BodyPublishers.ofString(Caller.order(shop.newProduct(1), 1, "tok_ok")));
                })
                .expect(202)
                .text("id");

        shop.customer(VICTIM).order(id).expectProblem(404, "order_not_found");
        assertThat(shop.customer(VICTIM).get("orders").expect(200).json().path("items"))
                .isEmpty();
        attacker.order(id).expect(200);
        var stranger = shop.newCustomer();
        stranger.send("orders/" + id + "?customer=" + VICTIM, request -> {
                    names.forEach(name -> request.header(name, VICTIM));
                    return request.GET();
                })
                .expectProblem(404, "order_not_found");
    }

    @Test
    void the_demo_mints_no_token_for_a_name_or_a_role_that_is_none() {
        for (var body : List.of(
                "{\"customer\": \"\", \"roles\": [\"customer\"]}",
                "{\"customer\": \"a b\", \"roles\": [\"customer\"]}",
                "{\"customer\": \"alice\", \"roles\": [\"root\"]}",
                "{\"customer\": \"alice\", \"roles\": []}",
                "{\"customer\": \"alice\"}",
                "{\"customer\": \"alice\", \"roles\": [\"customer\"], \"iss\": \"me\"}")) {
            shop.anonymous().post("/demo/token", "unused", body).expectProblem(400, "invalid_request");
        }
    }

    private static ForgedToken forged() {
        return new ForgedToken(VICTIM);
    }

    /** Past the gateway: the status with which the service itself answers. */
    private int directly(String portAndPath, String token) throws IOException, InterruptedException {
        var slash = portAndPath.indexOf('/');
        var port = suite.port(Integer.parseInt(portAndPath.substring(0, slash)));
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + portAndPath.substring(slash)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
