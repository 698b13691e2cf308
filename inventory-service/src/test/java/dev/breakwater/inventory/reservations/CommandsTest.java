package dev.breakwater.inventory.reservations;

import static dev.breakwater.inventory.reservations.Commands.delivered;
import static dev.breakwater.inventory.reservations.Commands.line;
import static dev.breakwater.inventory.reservations.Commands.only;
import static dev.breakwater.inventory.reservations.Commands.reserve;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

@InventorySlice
class CommandsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Calls calls;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Consumer<String, byte[]> events;
    private final MessageConsumer consumer;
    private final StockCommandHandler handler;
    private final Map<String, List<String>> received = new HashMap<>();

    @Autowired
    CommandsTest(
            @LocalServerPort int port,
            KafkaTemplate<String, byte[]> kafka,
            ConsumerFactory<String, byte[]> consumers,
            MessageConsumer consumer,
            StockCommandHandler handler) {
        this.calls = new Calls(port);
        this.kafka = kafka;
        this.events = consumers.createConsumer("test-" + UUID.randomUUID(), null);
        this.consumer = consumer;
        this.handler = handler;
        events.subscribe(List.of(
                Topics.INVENTORY_EVENTS, Topics.INVENTORY_PRODUCTS, Topics.deadLetters(Topics.INVENTORY_COMMANDS)));
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void an_order_is_reserved_sold_and_taken_back_and_each_step_is_answered() {
        var tea = calls.product("tea", 10);
        var cup = calls.product("tableware", 10);
        var order = UUID.randomUUID();

        send("ReserveStock", order, reserve(order, tea, 2, cup, 1));
        awaitEvents(order, "StockReserved");
        assertThat(calls.stock(tea)).isEqualTo("10/2");
        assertThat(calls.stock(cup)).isEqualTo("10/1");

        send("CommitStock", order, only(order));
        awaitEvents(order, "StockReserved", "StockCommitted");
        assertThat(calls.stock(tea)).isEqualTo("8/0");

        // Repeated with a new message id.
        send("ReserveStock", order, reserve(order, tea, 2, cup, 1));
        send("ReleaseStock", order, only(order));
        send("ReleaseStock", order, only(order));
        awaitEvents(order, "StockReserved", "StockCommitted", "StockCommitted", "StockReleased", "StockReleased");
        assertThat(calls.stock(tea)).isEqualTo("10/0");
        assertThat(calls.stock(cup)).isEqualTo("10/0");
    }

    @Test
    void an_order_without_enough_of_one_product_is_rejected_as_a_whole() {
        var tea = calls.product("tea", 10);
        var cup = calls.product("tableware", 1);
        var order = UUID.randomUUID();
        send("ReserveStock", order, reserve(order, tea, 2, cup, 2));
        awaitEvents(order, "StockRejected OUT_OF_STOCK " + cup);
        assertThat(calls.stock(tea)).isEqualTo("10/0");
        assertThat(calls.stock(cup)).isEqualTo("1/0");
    }

    @Test
    void a_release_before_the_reserve_makes_it_fail() {
        var tea = calls.product("tea", 10);
        var order = UUID.randomUUID();
        send("ReleaseStock", order, only(order));
        send("ReserveStock", order, reserve(order, tea, 2, tea + "x", 1));
        awaitEvents(order, "StockReleased", "StockReleased");
        assertThat(calls.stock(tea)).isEqualTo("10/0");
    }

    @Test
    void a_message_that_cannot_be_carried_out_is_put_aside_and_harms_no_neighbour() {
        var tea = calls.product("tea", 10);
        var before = UUID.randomUUID();
        var poison = UUID.randomUUID();
        var after = UUID.randomUUID();
        var reserveNothing = "{\"orderId\": \"%s\", \"lines\": []}".formatted(poison);
        consumer.consume(
                List.of(
                        delivered("ReserveStock", before, line(before, tea, 1)),
                        delivered("ReserveStock", poison, "not json"),
                        delivered("ReserveStock", poison, reserveNothing),
                        delivered("ReserveStock", poison, line(poison, "no sku", 1)),
                        delivered("ReserveStock", poison, line(poison, tea, 0)),
                        delivered("ReserveStock", poison, reserve(poison, tea, 1, tea, 1)),
                        delivered("CommitStock", poison, only(poison)),
                        delivered("BlessStock", poison, "{}"),
                        delivered("ReserveStock", after, line(after, tea, 1))),
                handler);
        awaitEvents(before, "StockReserved");
        awaitEvents(after, "StockReserved");
        assertThat(calls.stock(tea)).isEqualTo("10/2");
        awaitEvents(poison, Collections.nCopies(6, "dead").toArray(String[]::new));
    }

    @Test
    void a_record_delivered_twice_takes_effect_once() {
        var tea = calls.product("tea", 10);
        var order = UUID.randomUUID();
        var record = delivered("ReserveStock", order, line(order, tea, 1));
        consumer.consume(List.of(record, record), handler);
        consumer.consume(List.of(record), handler);
        assertThat(calls.stock(tea)).isEqualTo("10/1");
        awaitEvents(order, "StockReserved");
    }

    @Test
    void the_same_order_in_two_batches_at_once_is_decided_once() {
        var tea = calls.product("tea", 100);
        var order = UUID.randomUUID();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 10)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> consumer.consume(
                                    List.of(delivered("ReserveStock", order, line(order, tea, 1))), handler),
                            threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        assertThat(calls.stock(tea)).isEqualTo("100/1");
        awaitEvents(order, Collections.nCopies(10, "StockReserved").toArray(String[]::new));
    }

    @Test
    void a_class_that_changes_by_a_reservation_is_announced() {
        var tea = calls.product("tea", 10);
        var order = UUID.randomUUID();
        send("ReserveStock", order, line(order, tea, 10));
        awaitEvents(order, "StockReserved");
        var product = calls.get("/api/v1/products/" + tea).json();
        assertThat(product.path("availability").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(product.path("version").asLong()).isEqualTo(3);
        await().atMost(LONG).untilAsserted(() -> {
            poll();
            assertThat(received.get(tea)).containsExactly("OUT_OF_STOCK v1", "IN_STOCK v2", "OUT_OF_STOCK v3");
        });
    }

    private void awaitEvents(UUID order, String... expected) {
        await().atMost(LONG).untilAsserted(() -> {
            poll();
            assertThat(received.getOrDefault(order.toString(), List.of())).containsExactly(expected);
        });
    }

    private void poll() {
        for (var each : events.poll(Duration.ofMillis(100))) {
            received.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(described(each));
        }
    }

    private static String described(ConsumerRecord<String, byte[]> record) {
        var json = JsonMapper.builder().build();
        return switch (record.topic()) {
            case Topics.INVENTORY_EVENTS -> {
                var payload = json.readTree(record.value());
                var type = new String(record.headers().lastHeader("event-type").value(), UTF_8);
                yield payload.has("sku")
                        ? type + " " + payload.path("reason").asString() + " "
                                + payload.path("sku").asString()
                        : type;
            }
            case Topics.INVENTORY_PRODUCTS -> {
                var payload = json.readTree(record.value());
                yield payload.path("availability").asString() + " v"
                        + payload.path("version").asLong();
            }
            default -> "dead";
        };
    }

    private void send(String type, UUID order, String payload) {
        var delivered = delivered(type, order, payload);
        kafka.send(new ProducerRecord<>(
                        Topics.INVENTORY_COMMANDS, null, delivered.key(), delivered.value(), delivered.headers()))
                .join();
    }
}
