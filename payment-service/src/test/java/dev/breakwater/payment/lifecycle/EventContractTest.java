package dev.breakwater.payment.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Contracts;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventContractTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Payment payment = Payment.accepted(
            UUID.fromString("0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e10"),
            UUID.fromString("0199a4b2-7388-7a54-9d02-c41e6f0b8a73"),
            new Demand("alice", 25_800, "CNY", "tok_ok"),
            Instant.EPOCH,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void each_event_is_the_one_of_the_contract() {
        assertIsTheSample(PaymentEvents.captured(payment));
        assertIsTheSample(PaymentEvents.declined(payment.declined()));
        assertIsTheSample(PaymentEvents.voided(payment.voided()));
        assertIsTheSample(PaymentEvents.refunded(payment.in(PaymentState.REFUNDED, Task.NONE)));
    }

    @Test
    void an_event_belongs_to_its_order_and_to_the_trace_that_asked_for_it() {
        Outgoing event = PaymentEvents.captured(payment);

        assertThat(event.topic()).isEqualTo(Topics.PAYMENT_EVENTS);
        assertThat(event.key()).isEqualTo(payment.orderId().toString());
        assertThat(event.traceparent()).isEqualTo(payment.traceparent());
    }

    private static void assertIsTheSample(Outgoing event) {
        assertThat(JSON.readTree(JSON.writeValueAsBytes(event.payload())))
                .isEqualTo(JSON.readTree(Contracts.sample(event.topic(), event.type(), event.version())));
    }
}
