package dev.breakwater.payment.lifecycle;

import dev.breakwater.payment.bank.BankAnswer;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The steps between us and the bank as one state machine.
 *
 * <p>Money moves once because of three rules: a step is written before it is made, an unknown outcome leads nowhere but
 * to asking, and after one the payment stays with the channel where its key is known.
 */
@Component
public class Lifecycle {

    private final Channels channels;
    private final LifecycleProperties properties;
    private final Backoff backoff;

    Lifecycle(Channels channels, LifecycleProperties properties, Backoff backoff) {
        this.channels = channels;
        this.properties = properties;
        this.backoff = backoff;
    }

    /**
     * The payment with its due step begun and leased to the bearer; {@link Payment#state()} says which call that is.
     */
    public Payment begin(Payment payment, UUID bearer, Instant now) {
        Payment begun = switch (payment.state()) {
            case READY -> attempting(payment, PaymentState.CHARGING, channels.next(payment), now);
            // Whoever held the lease is gone; nobody knows whether the call went out.
            case CHARGING -> payment.in(PaymentState.UNKNOWN, payment.task()).pinnedToChannel();
            case REFUND_READY -> attempting(payment, PaymentState.REFUNDING, channels.next(payment), now);
            case REFUNDING -> payment.in(PaymentState.REFUND_UNKNOWN, payment.task());
            case UNKNOWN, REFUND_UNKNOWN -> payment;
            case CAPTURED, DECLINED, VOIDED, REFUNDED ->
                throw new IllegalStateException("nothing is due in " + payment.state());
        };
        return begun.in(begun.state(), begun.task().leased(bearer, now.plus(properties.lease())));
    }

    /**
     * The payment after the bank's answer to its step.
     *
     * @param calledAt when the call that was answered began
     */
    public Payment settle(Payment payment, BankAnswer answer, Instant calledAt, Instant now) {
        return switch (payment.state()) {
            case CHARGING, UNKNOWN -> settleCharge(payment, answer, calledAt, now);
            case REFUNDING, REFUND_UNKNOWN -> settleRefund(payment, answer, calledAt, now);
            case READY, CAPTURED, DECLINED, VOIDED, REFUND_READY, REFUNDED ->
                throw new IllegalStateException("no call is under way in " + payment.state());
        };
    }

    private Payment settleCharge(Payment payment, BankAnswer answer, Instant calledAt, Instant now) {
        return switch (answer) {
            case BankAnswer.Succeeded() -> {
                Payment captured = payment.in(PaymentState.CAPTURED, Task.NONE);
                yield payment.refundWanted() ? captured.withRefundWanted(now) : captured;
            }
            case BankAnswer.Declined() -> payment.declined();
            // The one is as certain as the other: nothing happened just now. What happened before is another matter.
            case BankAnswer.Refused(), BankAnswer.NotCalled() ->
                payment.state() == PaymentState.CHARGING
                        ? again(payment, PaymentState.READY, now)
                        : again(payment, PaymentState.UNKNOWN, now);
            case BankAnswer.NotFound() ->
                payment.state() == PaymentState.UNKNOWN
                        ? notFound(payment, PaymentState.READY, calledAt, now)
                        : again(payment, PaymentState.UNKNOWN, now).pinnedToChannel();
            case BankAnswer.Unknown() ->
                again(payment, PaymentState.UNKNOWN, now).pinnedToChannel();
        };
    }

    private Payment settleRefund(Payment payment, BankAnswer answer, Instant calledAt, Instant now) {
        return switch (answer) {
            case BankAnswer.Succeeded() -> payment.in(PaymentState.REFUNDED, Task.NONE);
            // A captured payment can be refunded: a no can only be the bank's mistake, and the customer's money is
            // owed.
            case BankAnswer.Refused(), BankAnswer.NotCalled(), BankAnswer.Declined() ->
                payment.state() == PaymentState.REFUNDING
                        ? again(payment, PaymentState.REFUND_READY, now)
                        : again(payment, PaymentState.REFUND_UNKNOWN, now);
            case BankAnswer.NotFound() ->
                payment.state() == PaymentState.REFUND_UNKNOWN
                        ? notFound(payment, PaymentState.REFUND_READY, calledAt, now)
                        : again(payment, PaymentState.REFUND_UNKNOWN, now);
            case BankAnswer.Unknown() -> again(payment, PaymentState.REFUND_UNKNOWN, now);
        };
    }

    /** A call that was sent may still be on its way until the channel's bound has passed: only then it is repeated. */
    private Payment notFound(Payment payment, PaymentState repeat, Instant askedAt, Instant now) {
        Instant bound = payment.knownAttempt().begunAt().plus(properties.settlementBound());
        if (!askedAt.isBefore(bound)) {
            return payment.in(repeat, Task.at(now, payment.task().failures()));
        }
        Payment later = again(payment, payment.state(), now);
        Instant due = later.task().dueAt();
        return due != null && due.isAfter(bound)
                ? later.in(later.state(), Task.at(bound, later.task().failures()))
                : later;
    }

    private Payment again(Payment payment, PaymentState state, Instant now) {
        int failures = payment.task().failures() + 1;
        return payment.in(state, Task.at(now.plus(backoff.after(failures)), failures));
    }

    private static Payment attempting(Payment payment, PaymentState state, String channel, Instant now) {
        return payment.in(state, payment.task()).attempting(new Attempt(channel, now));
    }
}
