package dev.breakwater.payment.command;

import dev.breakwater.payment.lifecycle.Change;
import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.payment.work.Worker;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in commands, a batch in one transaction: decided in order of arrival, written in order of the order ids. */
@Component
class PaymentCommands {

    private final MessageConsumer consumer;
    private final PaymentBook book;
    private final Decisions decisions;
    private final Worker worker;
    private final Clock clock;

    PaymentCommands(MessageConsumer consumer, PaymentBook book, Decisions decisions, Worker worker, Clock clock) {
        this.consumer = consumer;
        this.book = book;
        this.decisions = decisions;
        this.worker = worker;
        this.clock = clock;
    }

    @KafkaListener(topics = Topics.PAYMENT_COMMANDS, groupId = "payment-service")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        consumer.consume(records, this::handle);
        worker.wake();
    }

    private void handle(List<Message> fresh) {
        Map<Message, Command> commands = new LinkedHashMap<>();
        fresh.forEach(message -> Command.of(message).ifPresent(command -> commands.put(message, command)));
        Map<UUID, Payment> before =
                book.lock(commands.values().stream().map(Command::orderId).toList());
        Map<UUID, Payment> after = new LinkedHashMap<>();
        List<Outgoing> answers = new ArrayList<>();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        commands.forEach((message, command) -> {
            UUID orderId = command.orderId();
            Payment current = after.containsKey(orderId) ? after.get(orderId) : before.get(orderId);
            Decision decision = decisions.on(current, command, message, now);
            after.put(orderId, decision.payment());
            decision.answers().stream().map(answer -> answer.causedBy(message)).forEach(answers::add);
        });
        List<Change> changes = after.values().stream()
                .filter(payment -> !payment.equals(before.get(payment.orderId())))
                .map(payment -> Change.of(before.get(payment.orderId()), payment))
                .toList();
        book.write(changes, answers);
    }
}
