package dev.breakwater.order.saga;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Contracts;
import dev.breakwater.platform.testing.KeptMessages;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds this service's words to the samples that inventory and payment are held to as well. */
class ContractTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @EnumSource(Command.class)
    void a_command_is_sent_as_its_receiver_reads_it(Command command) {
        var lines = JSON.readTree(Contracts.sample(Topics.INVENTORY_COMMANDS, "ReserveStock", 1));
        var capture = JSON.readTree(Contracts.sample(Topics.PAYMENT_COMMANDS, "CapturePayment", 1));
        var type = command.toMessage(order(UUID.randomUUID(), lines, capture)).type();
        var topic = command.name().endsWith("STOCK") ? Topics.INVENTORY_COMMANDS : Topics.PAYMENT_COMMANDS;
        var sample = JSON.readTree(Contracts.sample(topic, type, 1));

        var message =
                command.toMessage(order(UUID.fromString(sample.path("orderId").asString()), lines, capture));

        assertThat(message.topic()).isEqualTo(topic);
        assertThat(message.key()).isEqualTo(sample.path("orderId").asString());
        assertThat(JSON.readTree(JSON.writeValueAsBytes(message.payload()))).isEqualTo(sample);
    }

    @Test
    void an_order_of_a_flash_sale_asks_for_stock_of_that_sale() {
        var sample = JSON.readTree(Contracts.sample(Topics.INVENTORY_COMMANDS, "ReserveStock.of-sale", 1));
        var capture = JSON.readTree(Contracts.sample(Topics.PAYMENT_COMMANDS, "CapturePayment", 1));
        var order = order(UUID.fromString(sample.path("orderId").asString()), sample, capture);

        var message = Command.reserveStock(
                order, UUID.fromString(sample.path("saleId").asString()));

        assertThat(message.type()).isEqualTo("ReserveStock");
        assertThat(JSON.readTree(JSON.writeValueAsBytes(message.payload()))).isEqualTo(sample);
    }

    @ParameterizedTest
    @CsvSource({
        "inventory.events, StockReserved, STOCK_RESERVED",
        "inventory.events, StockRejected, STOCK_REJECTED",
        "inventory.events, StockCommitted, STOCK_COMMITTED",
        "inventory.events, StockReleased, STOCK_RELEASED",
        "payment.events, PaymentCaptured, PAYMENT_CAPTURED",
        "payment.events, PaymentVoided, PAYMENT_VOIDED",
        "payment.events, PaymentRefunded, PAYMENT_REFUNDED"
    })
    void an_answer_is_read_as_its_sender_writes_it(String topic, String type, Trigger trigger) {
        var sample = Contracts.sample(topic, type, 1);
        var happening = Objects.requireNonNull(Answers.happening(message(topic, type, sample)));
        assertThat(happening.trigger()).isEqualTo(trigger);
        assertThat(happening.orderId().toString())
                .isEqualTo(JSON.readTree(sample).path("orderId").asString());
    }

    @Test
    void answers_of_the_release_before_are_understood() {
        assertThat(Stream.of(Topics.INVENTORY_EVENTS, Topics.PAYMENT_EVENTS)
                        .flatMap(topic -> KeptMessages.on(topic).stream())
                        .map(answer -> Objects.requireNonNull(Answers.happening(Message.of(answer)))
                                .trigger()))
                .containsExactly(
                        Trigger.STOCK_RESERVED,
                        Trigger.STOCK_REJECTED,
                        Trigger.STOCK_COMMITTED,
                        Trigger.STOCK_RELEASED,
                        Trigger.PAYMENT_CAPTURED,
                        Trigger.PAYMENT_DECLINED,
                        Trigger.PAYMENT_VOIDED,
                        Trigger.PAYMENT_REFUNDED);
    }

    @Test
    void a_declined_payment_says_who_declined_it() {
        var sample = new String(Contracts.sample(Topics.PAYMENT_EVENTS, "PaymentDeclined", 1), UTF_8);
        var reason = JSON.readTree(sample).path("reason").asString();
        assertThat(trigger(sample.replace(reason, "PAYMENT_DECLINED"))).isEqualTo(Trigger.PAYMENT_DECLINED);
        assertThat(trigger(sample.replace(reason, "PAYMENT_REFUSED_BY_RISK")))
                .isEqualTo(Trigger.PAYMENT_REFUSED_BY_RISK);
    }

    private static Trigger trigger(String declined) {
        var message = message(Topics.PAYMENT_EVENTS, "PaymentDeclined", declined.getBytes(UTF_8));
        return Objects.requireNonNull(Answers.happening(message)).trigger();
    }

    private static Message message(String topic, String type, byte[] payload) {
        return new Message(UUID.randomUUID(), topic, "key", type, 1, payload, null);
    }

    /** An order that the samples could be about. */
    private static Order order(UUID id, JsonNode reserve, JsonNode capture) {
        var items = reserve.path("lines")
                .valueStream()
                .map(line -> new OrderItem(
                        line.path("sku").asString(), line.path("quantity").asInt(), 1))
                .toList();
        var method = capture.path("method");
        return new Order(
                id,
                capture.path("customer").asString(),
                List.copyOf(items),
                capture.path("amountMinor").asLong(),
                capture.path("currency").asString(),
                new PaymentMethod(
                        method.path("type").asString(), method.path("token").asString()),
                Instant.EPOCH,
                OrderStatus.PENDING,
                SagaState.RESERVING,
                null,
                null,
                null);
    }
}
