package dev.breakwater.payment.command;

import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentEvents;
import dev.breakwater.payment.lifecycle.PaymentState;
import dev.breakwater.payment.risk.RiskRules;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.persistence.UuidV7;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a command makes of a payment, in whatever order commands come and however often: a repeated one is answered by
 * the recorded result, a void or refund that comes before its capture leaves a tombstone.
 */
@Component
class Decisions {

    private final RiskRules risk;
    private final UuidV7 ids;

    Decisions(RiskRules risk, UuidV7 ids) {
        this.risk = risk;
        this.ids = ids;
    }

    Decision on(@Nullable Payment payment, Command command, Message message, Instant now) {
        return switch (command) {
            case Command.Capture capture -> payment == null ? accepted(capture, message, now) : asRecorded(payment);
            case Command.Withdraw withdraw -> {
                if (payment == null) {
                    Payment tombstone = Payment.tombstone(withdraw.orderId(), ids.next());
                    yield Decision.saying(tombstone, PaymentEvents.voided(tombstone));
                }
                yield payment.hasNotBegun() ? withdrawn(payment.voided()) : asRecorded(payment);
            }
            case Command.Refund refund ->
                payment == null
                        ? nothingTaken(Payment.tombstone(refund.orderId(), ids.next()))
                        : refunded(payment, now);
        };
    }

    private Decision accepted(Command.Capture capture, Message message, Instant now) {
        boolean refused = !capture.methodType().equals("card")
                || risk.refuse(capture.demand().token(), capture.demand().amountMinor());
        if (refused) {
            Payment payment =
                    Payment.refusedByRisk(capture.orderId(), ids.next(), capture.demand(), message.traceparent());
            return Decision.saying(payment, PaymentEvents.declined(payment));
        }
        Payment payment = Payment.accepted(capture.orderId(), ids.next(), capture.demand(), now, message.traceparent());
        return asRecorded(payment);
    }

    /** Says how it ended; while it is under way, the outcome will say so. */
    private static Decision asRecorded(Payment payment) {
        return switch (payment.state()) {
            case READY, CHARGING, UNKNOWN -> Decision.saying(payment);
            case CAPTURED, REFUND_READY, REFUNDING, REFUND_UNKNOWN, REFUNDED ->
                Decision.saying(payment, PaymentEvents.captured(payment));
            case DECLINED -> Decision.saying(payment, PaymentEvents.declined(payment));
            case VOIDED -> Decision.saying(payment, PaymentEvents.voided(payment));
        };
    }

    private static Decision withdrawn(Payment payment) {
        return payment.refundWanted()
                ? Decision.saying(payment, PaymentEvents.voided(payment), PaymentEvents.refunded(payment))
                : Decision.saying(payment, PaymentEvents.voided(payment));
    }

    private static Decision refunded(Payment payment, Instant now) {
        return switch (payment.state()) {
            case DECLINED, VOIDED, REFUNDED -> Decision.saying(payment, PaymentEvents.refunded(payment));
            case REFUND_READY, REFUNDING, REFUND_UNKNOWN -> Decision.saying(payment);
            case READY, CHARGING, UNKNOWN, CAPTURED -> {
                Payment wanted = payment.withRefundWanted(now);
                yield wanted.state() == PaymentState.REFUNDED
                        ? Decision.saying(wanted, PaymentEvents.refunded(wanted))
                        : Decision.saying(wanted);
            }
        };
    }

    private static Decision nothingTaken(Payment tombstone) {
        return Decision.saying(tombstone, PaymentEvents.refunded(tombstone));
    }
}
