package dev.breakwater.order.saga;

import dev.breakwater.order.saga.SagaSteps.Happening;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.MessageConsumer;
import dev.breakwater.platform.messaging.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** What inventory and payment answer, a batch of answers in one transaction. */
@Component
class Answers {

    private final MessageConsumer consumer;
    private final SagaSteps steps;

    Answers(MessageConsumer consumer, SagaSteps steps) {
        this.consumer = consumer;
        this.steps = steps;
    }

    /** The part of every answer that the saga needs. */
    record Answer(UUID orderId) {
        Answer {
            Objects.requireNonNull(orderId, "orderId");
        }
    }

    record PaymentDeclined(UUID orderId, String reason) {
        PaymentDeclined {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(reason, "reason");
        }
    }

    @KafkaListener(
            topics = {Topics.INVENTORY_EVENTS, Topics.PAYMENT_EVENTS},
            groupId = "order-service")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        consumer.consume(records, this::handle);
    }

    void handle(List<Message> answers) {
        var happenings = new ArrayList<Happening>(answers.size());
        for (var answer : answers) {
            var happening = happening(answer);
            if (happening != null) {
                happenings.add(happening);
            }
        }
        if (!happenings.isEmpty()) {
            steps.apply(happenings);
        }
    }

    static @Nullable Happening happening(Message answer) {
        return switch (answer.type()) {
            case "StockReserved" -> of(answer, Trigger.STOCK_RESERVED);
            case "StockRejected" -> of(answer, Trigger.STOCK_REJECTED);
            case "StockCommitted" -> of(answer, Trigger.STOCK_COMMITTED);
            case "StockReleased" -> of(answer, Trigger.STOCK_RELEASED);
            case "PaymentCaptured" -> of(answer, Trigger.PAYMENT_CAPTURED);
            case "PaymentVoided" -> of(answer, Trigger.PAYMENT_VOIDED);
            case "PaymentRefunded" -> of(answer, Trigger.PAYMENT_REFUNDED);
            case "PaymentDeclined" -> {
                var declined = answer.as(PaymentDeclined.class);
                var byRisk = declined.reason().equals(Reason.PAYMENT_REFUSED_BY_RISK.name());
                yield new Happening(
                        declined.orderId(),
                        byRisk ? Trigger.PAYMENT_REFUSED_BY_RISK : Trigger.PAYMENT_DECLINED,
                        answer.traceparent());
            }
            default -> null;
        };
    }

    private static Happening of(Message answer, Trigger trigger) {
        return new Happening(answer.as(Answer.class).orderId(), trigger, answer.traceparent());
    }
}
