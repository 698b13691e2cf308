package dev.breakwater.payment.lifecycle;

import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What order-service hears of a payment, as part of the trace that asked for it. */
public final class PaymentEvents {

    private PaymentEvents() {}

    record PaymentCaptured(UUID orderId, UUID paymentId, long amountMinor) {}

    record PaymentDeclined(UUID orderId, String reason) {}

    record PaymentVoided(UUID orderId) {}

    record PaymentRefunded(UUID orderId, long amountMinor) {}

    public static Outgoing captured(Payment payment) {
        return event(payment, new PaymentCaptured(payment.orderId(), payment.id(), payment.amountMinor()));
    }

    public static Outgoing declined(Payment payment) {
        String reason = payment.reason() == null ? Payment.DECLINED_BY_BANK : payment.reason();
        return event(payment, new PaymentDeclined(payment.orderId(), reason));
    }

    public static Outgoing voided(Payment payment) {
        return event(payment, new PaymentVoided(payment.orderId()));
    }

    /** With the amount that went back: nothing when nothing had been taken. */
    public static Outgoing refunded(Payment payment) {
        long amountMinor = payment.state() == PaymentState.REFUNDED ? payment.amountMinor() : 0;
        return event(payment, new PaymentRefunded(payment.orderId(), amountMinor));
    }

    /** What a settled step has to say. */
    static List<Outgoing> between(Payment before, Payment after) {
        List<Outgoing> events = new ArrayList<>();
        if (after.state().isCharged() && !before.state().isCharged()) {
            events.add(captured(after));
        }
        if (after.state() == PaymentState.DECLINED) {
            events.add(declined(after));
            if (after.refundWanted()) {
                events.add(refunded(after));
            }
        }
        if (after.state() == PaymentState.REFUNDED) {
            events.add(refunded(after));
        }
        return events;
    }

    private static Outgoing event(Payment payment, Object payload) {
        return event(payment.orderId(), payload, payment.traceparent());
    }

    private static Outgoing event(UUID orderId, Object payload, @Nullable String traceparent) {
        return new Outgoing(
                Topics.PAYMENT_EVENTS, orderId.toString(), payload.getClass().getSimpleName(), 1, payload, traceparent);
    }
}
