package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Calls without a good token, which count for the address that they come from. */
class StrangersTest extends LimitedGateway {

    private static final String HSTS = "Strict-Transport-Security";

    private final String address = "2001:db8:%x:%x::1"
            .formatted(UUID.randomUUID().hashCode() & 0xffff, UUID.randomUUID().hashCode() & 0xffff);

    @Autowired
    private ChangeFeed feed;

    @Test
    void who_has_no_token_is_counted_by_address_and_refused_before_he_is_told_that_he_needs_one() {
        assertThat(statuses(3, () -> send(json(from(address, "/api/v1/orders"), "{}"))))
                .containsOnly(401);

        var refused = send(json(from(address, "/api/v1/orders"), "{}"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
        // Refused by one rule, a call counts for no other: three of five are gone.
        assertThat(statuses(2, () -> send(from(address, "/api/v1/products?category=x"))))
                .containsOnly(204);
        assertThat(send(from(address, "/api/v1/products?category=x")).statusCode())
                .isEqualTo(429);
        assertThat(send(from("198.51.100.200", "/api/v1/products?category=x")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void an_address_that_a_client_makes_up_changes_nothing() {
        var calls = IntStream.range(0, 6)
                .map(n -> send(request("/api/v1/products?category=x")
                                .header("X-Forwarded-For", "203.0.113." + n + ", " + address))
                        .statusCode())
                .toArray();

        assertThat(calls).containsExactly(204, 204, 204, 204, 204, 429);
    }

    @Test
    void behind_a_trusted_proxy_that_has_tls_every_answer_demands_it() {
        var calls = List.of(
                from(address, "/api/v1/products?category=x"),
                from(address, "/api/v1/orders"),
                from(address, "/api/v1/orders;x=y"));
        for (var call : calls) {
            assertThat(send(call.copy()).headers().firstValue(HSTS)).isEmpty();
            assertThat(send(call.header("X-Forwarded-Proto", "https")).headers().firstValue(HSTS))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("max-age="));
        }
    }

    @Test
    void a_refusal_asks_a_browser_to_be_careful_too() {
        statuses(5, () -> send(from(address, "/api/v1/products?category=x")));

        var refused = send(from(address, "/api/v1/products?category=x").header("X-Forwarded-Proto", "https"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(refused.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(refused.headers().firstValue(HSTS)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6c2VjcmV0", "x", "Bear", "Token Bearer abc"})
    void who_names_himself_otherwise_than_by_a_token_has_none(String authorization) {
        var calls = statuses(
                6, () -> send(from(address, "/api/v1/products?category=x").header("Authorization", authorization)));

        assertThat(calls).containsExactly(204, 204, 204, 204, 204, 429);
    }

    @Test
    void bad_tokens_are_counted_by_address_and_when_nothing_is_left_only_known_ones_are_read() {
        var known = from(address, "/api/v1/orders").header("Authorization", "Bearer " + TestTokens.customer(customer));
        assertThat(send(known).statusCode()).isEqualTo(204);
        assertThat(statuses(5, () -> withToken(TestTokens.signedByAStranger("mallory"))))
                .containsOnly(401);

        // A bad token is counted when it has been answered, so one more may get in.
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(withToken(TestTokens.signedByAStranger("mallory")).statusCode())
                    .isEqualTo(429);
            assertThat(withToken(TestTokens.customer("new-" + UUID.randomUUID()))
                            .statusCode())
                    .isEqualTo(429);
        });
        assertThat(send(known).statusCode()).isEqualTo(204);
    }

    @Test
    void who_only_browses_keeps_no_customer_of_the_same_address_out() {
        statuses(5, () -> send(from(address, "/api/v1/products?category=x")));
        assertThat(send(from(address, "/api/v1/products?category=x")).statusCode())
                .isEqualTo(429);

        assertThat(withToken(TestTokens.customer("new-" + UUID.randomUUID())).statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json, text/plain, */*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            })
    void what_the_edge_cache_answers_is_not_counted(String accept) throws Exception {
        createTopic();
        await().atMost(LONG).until(feed::isCurrent);
        INVENTORY.answers(_ -> new Answer(
                200,
                "{}",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "ETag",
                        "\"1\"",
                        "Cache-Control",
                        "public, max-age=1, stale-if-error=300")));
        var page = "/api/v1/products/SKU-" + UUID.randomUUID().toString().substring(0, 8);
        send(from(address, page));

        var answers = IntStream.range(0, 30)
                .mapToObj(_ -> send(from(address, page).header("Accept", accept)))
                .toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers)
                .allMatch(answer -> answer.headers().firstValue("RateLimit").isEmpty());
        assertThat(statuses(4, () -> send(from(address, "/api/v1/products?category=x"))))
                .containsOnly(200);
        assertThat(send(from(address, "/api/v1/products?category=x")).statusCode())
                .isEqualTo(429);
    }

    private HttpResponse<String> withToken(String token) {
        return send(from(address, "/api/v1/orders").header("Authorization", "Bearer " + token));
    }

    private static void createTopic() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", Servers.kafka().address()))) {
            admin.createTopics(List.of(new NewTopic("inventory.products", 3, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }
}
