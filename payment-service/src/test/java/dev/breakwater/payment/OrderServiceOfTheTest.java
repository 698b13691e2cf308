package dev.breakwater.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.platform.messaging.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends commands as order-service does, and hears what is answered. */
final class OrderServiceOfTheTest implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread listening;
    private final Map<String, List<Heard>> heard = new ConcurrentHashMap<>();

    record Heard(String type, JsonNode payload) {}

    OrderServiceOfTheTest(String kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "group.id",
                        "order-service-of-the-test-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "1000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.PAYMENT_EVENTS));
        listening = Thread.ofVirtual().start(this::listen);
    }

    UUID capture(String token, long amountMinor) {
        UUID orderId = UUID.randomUUID();
        capture(orderId, token, amountMinor);
        return orderId;
    }

    List<UUID> captureAtOnce(int count, String token, long amountMinor) {
        List<UUID> orderIds = Stream.generate(UUID::randomUUID).limit(count).toList();
        orderIds.forEach(orderId -> post(orderId, "CapturePayment", capturePayload(orderId, token, amountMinor)));
        producer.flush();
        return orderIds;
    }

    void capture(UUID orderId, String token, long amountMinor) {
        send(orderId, "CapturePayment", capturePayload(orderId, token, amountMinor));
    }

    private static String capturePayload(UUID orderId, String token, long amountMinor) {
        return """
                {"orderId": "%s", "customer": "alice", "amountMinor": %d, "currency": "CNY",
                 "method": {"type": "card", "token": "%s"}}
                """.formatted(orderId, amountMinor, token);
    }

    void withdraw(UUID orderId) {
        send(orderId, "VoidPayment", "{\"orderId\": \"%s\"}".formatted(orderId));
    }

    void refund(UUID orderId) {
        send(orderId, "RefundPayment", "{\"orderId\": \"%s\"}".formatted(orderId));
    }

    void send(UUID orderId, String type, String payload) {
        post(orderId, type, payload);
        producer.flush();
    }

    private void post(UUID orderId, String type, String payload) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(Topics.PAYMENT_COMMANDS, orderId.toString(), payload.getBytes(UTF_8));
        message.headers()
                .add("event-id", UUID.randomUUID().toString().getBytes(UTF_8))
                .add("event-type", type.getBytes(UTF_8))
                .add("event-version", "1".getBytes(UTF_8));
        producer.send(message);
    }

    /** The types of what was said about an order, in the order it came. */
    List<String> heardOf(UUID orderId) {
        return allOf(orderId).stream().map(Heard::type).toList();
    }

    JsonNode last(UUID orderId) {
        return allOf(orderId).getLast().payload();
    }

    private List<Heard> allOf(UUID orderId) {
        return new ArrayList<>(heard.getOrDefault(orderId.toString(), List.of()));
    }

    private void listen() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> event : consumer.poll(Duration.ofMillis(200))) {
                    String type =
                            new String(event.headers().lastHeader("event-type").value(), UTF_8);
                    heard.computeIfAbsent(event.key(), key -> new CopyOnWriteArrayList<>())
                            .add(new Heard(type, JsonMapper.shared().readTree(event.value())));
                }
            }
        } catch (WakeupException e) {
            heard.clear();
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        listening.join();
        producer.close();
    }
}
