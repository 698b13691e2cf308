package dev.breakwater.order;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service on real servers, with a stand-in for inventory's HTTP side; the tests play the answers of inventory and
 * payment.
 */
@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "breakwater.order.timeout-check=PT0.2S",
            // What a cold service on a busy machine takes long for in one test is not to be held against the next.
            "breakwater.remote.breaker.window=1000",
            "breakwater.remote.breaker.least=1000"
        })
public abstract class OrderServiceTest {

    protected static final WireMockServer INVENTORY =
            new WireMockServer(options().dynamicPort());

    @LocalServerPort
    private int port;

    @Autowired
    protected KafkaTemplate<String, byte[]> kafka;

    protected OrderApi api = new OrderApi(0);

    @DynamicPropertySource
    static void inventory(DynamicPropertyRegistry registry) {
        INVENTORY.start();
        registry.add("INVENTORY_URL", INVENTORY::baseUrl);
    }

    @BeforeEach
    void products() {
        api = new OrderApi(port);
        INVENTORY.resetAll();
        INVENTORY.stubFor(get(urlPathMatching("(/api/v1/products|/prices)/.*"))
                .willReturn(aResponse().withStatus(404)));
        product("LAMP-1", 12_900, "CNY");
        product("DESK-1", 99_900, "CNY");
        product("BOOK-1", 1_500, "EUR");
    }

    protected static void product(String sku, long priceMinor, String currency) {
        INVENTORY.stubFor(get(urlPathMatching("(/api/v1/products|/prices)/" + sku))
                .willReturn(okJson("""
                        {"sku": "%s", "name": "n", "description": "d", "category": "c", "priceMinor": %d,
                         "currency": "%s", "availability": "IN_STOCK", "version": 1}
                        """.formatted(sku, priceMinor, currency))));
    }

    /** An answer of inventory or payment arrives. */
    protected void answer(String topic, String type, String orderId) {
        answer(topic, type, orderId, Map.of("orderId", orderId));
    }

    protected void answer(String topic, String type, String orderId, Map<String, ?> payload) {
        send(topic, orderId, type, new JsonMapper().writeValueAsBytes(payload));
    }

    protected void stock(String type, String orderId) {
        answer(Topics.INVENTORY_EVENTS, type, orderId);
    }

    protected void payment(String type, String orderId) {
        answer(Topics.PAYMENT_EVENTS, type, orderId);
    }

    protected void send(String topic, String key, String type, byte[] payload) {
        var kafkaRecord = new ProducerRecord<>(topic, key, payload);
        kafkaRecord.headers().add("event-id", UUID.randomUUID().toString().getBytes(UTF_8));
        kafkaRecord.headers().add("event-type", type.getBytes(UTF_8));
        kafkaRecord.headers().add("event-version", "1".getBytes(UTF_8));
        try {
            kafka.send(kafkaRecord).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
