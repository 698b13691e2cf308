package dev.breakwater.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.StubService;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.gateway.StubService.Asked;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.Servers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A product that a test has for itself: its page at the service, and the news of its changes. */
final class TeaForSale {

    static final String JSON = "application/json";

    final String sku = "SKU-" + UUID.randomUUID().toString().substring(0, 8);
    final String path = "/api/v1/products/" + sku;
    private volatile int version = 1;

    /** The service has its page, and the gateway hears of changes. */
    void sell(StubService service, ChangeFeed feed) throws Exception {
        createTopic();
        service.answers(this::page);
        await().atMost(Duration.ofSeconds(30)).until(feed::isCurrent);
    }

    void isAt(int version) {
        this.version = version;
    }

    void isNotThere() {
        version = 0;
    }

    /** The only page that there is. */
    Answer page(Asked question) {
        var shown = version;
        return shown == 0 || !question.uri().equals(path)
                ? new Answer(404, "{}", Map.of("Content-Type", "application/problem+json"))
                : new Answer(
                        200,
                        body(shown),
                        Map.of(
                                "Content-Type",
                                JSON,
                                "ETag",
                                "\"" + shown + "\"",
                                "Cache-Control",
                                ProductPages.CACHE_CONTROL));
    }

    String body(int version) {
        return "{\"sku\":\"%s\",\"version\":%d}".formatted(sku, version);
    }

    /** Tells of a change. */
    void tell(int version) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Servers.kafka().address()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            ProductChanges.TOPIC, sku, body(version).getBytes(UTF_8)))
                    .get();
        }
    }

    /** Those that say something of the page. */
    static Map<String, List<String>> headers(HttpResponse<String> answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("x-trace-id", "x-response-time", "date"));
        return headers;
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
