package dev.breakwater.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.gateway.StubService.Asked;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.Servers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EdgeCacheTest extends GatewayUnderTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String JSON = "application/json";

    private final String sku = "SKU-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/v1/products/" + sku;
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();

    @Autowired
    private ChangeFeed feed;

    @BeforeEach
    void sellTea() throws Exception {
        createTopic();
        versions.put(path, 1);
        INVENTORY.answers(this::page);
        await().atMost(LONG).until(feed::isCurrent);
    }

    @Test
    void a_page_is_asked_for_once_and_both_roads_give_the_same_answer() {
        var loaded = send(request(path));
        var remembered = send(request(path));
        assertThat(INVENTORY.asked()).hasSize(1);
        assertThat(loaded.statusCode()).isEqualTo(200);
        assertThat(loaded.body()).isEqualTo(body(1));
        assertThat(remembered.statusCode()).isEqualTo(200);
        assertThat(remembered.body()).isEqualTo(body(1));
        assertThat(headers(remembered)).isEqualTo(headers(loaded));
        assertThat(headers(loaded))
                .containsEntry("etag", List.of("\"1\""))
                .containsEntry("content-type", List.of(JSON))
                .containsEntry("cache-control", List.of("public, max-age=1, stale-if-error=300"))
                // There is one form of it, whatever is asked for.
                .doesNotContainKey("vary");
    }

    @Test
    void who_has_the_version_gets_304_on_both_roads_and_a_head_gets_no_body() {
        for (var n = 0; n < 2; n++) {
            var known = send(request(path).header("If-None-Match", "\"1\""));
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(known.headers().firstValue("ETag")).contains("\"1\"");
            var head = send(request(path).HEAD());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Length")).contains(String.valueOf(body(1).length()));
        }
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void a_change_is_shown_as_soon_as_it_is_told() throws Exception {
        send(request(path));
        versions.put(path, 2);
        tell(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(send(request(path)).body()).isEqualTo(body(2)));
        send(request(path));
        assertThat(INVENTORY.asked()).hasSize(2);
    }

    @Test
    void a_path_that_is_encoded_otherwise_shows_the_same_page() throws Exception {
        var encoded = path.replace("SKU", "%53KU");
        for (var n = 0; n < 3; n++) {
            assertThat(send(request(encoded)).body()).isEqualTo(body(1));
        }
        assertThat(INVENTORY.asked()).hasSize(1);
        versions.put(path, 2);
        tell(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(send(request(encoded)).body()).isEqualTo(body(2)));
    }

    @Test
    void a_sku_that_is_not_known_is_asked_for_once_until_it_is_created() throws Exception {
        versions.clear();
        var said = new HashSet<Map<String, List<String>>>();
        for (var n = 0; n < 2; n++) {
            var unknown = send(request(path));
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("product_not_found");
            said.add(headers(unknown));
        }
        assertThat(said).hasSize(1);
        assertThat(INVENTORY.asked()).hasSize(1);
        versions.put(path, 1);
        tell(1);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(send(request(path)).statusCode()).isEqualTo(200));
    }

    @Test
    void a_token_is_looked_at_all_the_same() {
        assertThat(send(asAlice(path)).body()).isEqualTo(body(1));
        assertThat(send(request(path).header("Authorization", "Bearer nonsense"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void many_who_want_a_page_at_once_make_one_call() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 100)
                    .<Callable<HttpResponse<String>>>mapToObj(n -> () -> send(request(path)))
                    .toList();
            for (var answer : clients.invokeAll(calls)) {
                assertThat(answer.get().body()).isEqualTo(body(1));
            }
        }
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void without_the_service_the_last_known_page_is_shown_and_says_so() throws Exception {
        send(request(path));
        INVENTORY.answers(question -> {
            throw new IOException("killed");
        });
        tell(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(send(request(path)).headers().firstValue("Cache-Status"))
                        .contains("gateway-service; hit; ttl=-1; detail=stale-if-error"));
        assertThat(send(request(path)).body()).isEqualTo(body(1));
        var unknown = send(request(path + "X"));
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_page_that_the_service_calls_old_or_gives_no_version_is_passed_on_and_not_kept() {
        INVENTORY.answers(question -> new Answer(
                200,
                body(1),
                Map.of(
                        "Content-Type",
                        JSON,
                        "ETag",
                        "\"1\"",
                        "Cache-Control",
                        ProductPages.CACHE_CONTROL,
                        "Cache-Status",
                        "inventory-service; hit; ttl=-1; detail=stale-if-error")));
        for (var n = 0; n < 2; n++) {
            var old = send(request(path));
            assertThat(old.body()).isEqualTo(body(1));
            assertThat(old.headers().firstValue("Cache-Status"))
                    .contains("inventory-service; hit; ttl=-1; detail=stale-if-error");
        }
        INVENTORY.answers(200, body(1));
        assertThat(send(request(path)).headers().firstValue("ETag")).isEmpty();
        assertThat(INVENTORY.asked()).hasSize(3);
    }

    @Test
    void a_service_that_waits_for_its_database_in_vain_may_show_what_it_knows() {
        INVENTORY.answers(question -> {
            try {
                assertThat(new CountDownLatch(1).await(3, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return new Answer(503, "{}", Map.of("Content-Type", "application/problem+json", "Retry-After", "1"));
        });
        assertThat(send(request(path)).statusCode()).isEqualTo(503);
    }

    @Test
    void a_problem_of_the_service_is_passed_on_and_not_kept() {
        INVENTORY.answers(question ->
                new Answer(503, "{}", Map.of("Content-Type", "application/problem+json", "Retry-After", "1")));
        assertThat(send(request(path)).statusCode()).isEqualTo(503);
        assertThat(send(request(path)).headers().firstValue("Retry-After")).contains("1");
        INVENTORY.answers(this::page);
        assertThat(send(request(path)).body()).isEqualTo(body(1));
    }

    @Test
    void what_is_no_sku_or_wants_another_form_goes_to_the_service() {
        INVENTORY.answers(question -> new Answer(400, "{}", Map.of("Content-Type", "application/problem+json")));
        assertThat(send(request("/api/v1/products/" + "X".repeat(41))).statusCode())
                .isEqualTo(400);
        assertThat(send(request(path).header("Accept", "image/png")).statusCode())
                .isEqualTo(400);
        assertThat(INVENTORY.lastAsked().header("Accept")).isEqualTo("image/png");
        assertThat(INVENTORY.asked()).hasSize(2);
    }

    @Test
    void a_client_that_waits_no_longer_leaves_the_page_to_the_next() throws Exception {
        var goOn = new CountDownLatch(1);
        INVENTORY.answers(question -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return page(question);
        });
        var late = send(request(path).header("X-Request-Deadline-Ms", "50"));
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).contains("deadline_exceeded");
        assertThat(send(request(path).header("X-Request-Deadline-Ms", "soon")).statusCode())
                .isEqualTo(400);
        goOn.countDown();
        assertThat(send(request(path).header("X-Request-Deadline-Ms", "5000")).body())
                .isEqualTo(body(1));
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void the_call_for_a_page_is_in_the_trace_of_who_wanted_it() {
        for (var deadline : List.of("", "5000")) {
            INVENTORY.forget();
            INVENTORY.answers(404, "{}");
            var wanted = request(path + "-" + deadline);
            if (!deadline.isEmpty()) {
                wanted.header("X-Request-Deadline-Ms", deadline);
            }
            var trace = send(wanted).headers().firstValue("X-Trace-Id").orElseThrow();
            assertThat(INVENTORY.lastAsked().header("traceparent")).contains(trace);
        }
    }

    @Test
    void while_changes_cannot_be_heard_a_page_is_asked_for_again_after_a_second() {
        send(request(path));
        Servers.kafka().pause();
        try {
            versions.put(path, 2);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(send(request(path)).body()).isEqualTo(body(2)));
        } finally {
            Servers.kafka().resume();
        }
    }

    private Answer page(Asked question) {
        var version = versions.get(question.uri());
        return version == null
                ? new Answer(404, "{}", Map.of("Content-Type", "application/problem+json"))
                : new Answer(
                        200,
                        body(version),
                        Map.of(
                                "Content-Type",
                                JSON,
                                "ETag",
                                "\"" + version + "\"",
                                "Cache-Control",
                                ProductPages.CACHE_CONTROL));
    }

    private String body(int version) {
        return "{\"sku\":\"%s\",\"version\":%d}".formatted(sku, version);
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("x-trace-id", "x-response-time", "date"));
        return headers;
    }

    private void tell(int version) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Servers.kafka().address()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            ProductChanges.TOPIC, sku, body(version).getBytes(UTF_8)))
                    .get();
        }
    }

    private static void createTopic() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", Servers.kafka().address()))) {
            admin.createTopics(List.of(new NewTopic(ProductChanges.TOPIC, 3, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }
}
