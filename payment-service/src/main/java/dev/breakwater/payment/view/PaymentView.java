package dev.breakwater.payment.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.payment.lifecycle.Attempt;
import dev.breakwater.payment.lifecycle.Demand;
import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment as its customer sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
        UUID id,
        UUID orderId,
        PaymentStatus status,
        long amountMinor,
        String currency,
        @Nullable String channel,
        @Nullable String reason) {

    static PaymentView of(Payment payment, Demand demand) {
        Attempt attempt = payment.attempt();
        return new PaymentView(
                payment.id(),
                payment.orderId(),
                PaymentStatus.of(payment.state()),
                demand.amountMinor(),
                demand.currency(),
                attempt == null ? null : attempt.channel(),
                payment.state() == PaymentState.VOIDED ? "VOIDED" : payment.reason());
    }
}
