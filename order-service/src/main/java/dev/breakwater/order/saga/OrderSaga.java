package dev.breakwater.order.saga;

import static dev.breakwater.order.saga.Command.CAPTURE_PAYMENT;
import static dev.breakwater.order.saga.Command.COMMIT_STOCK;
import static dev.breakwater.order.saga.Command.REFUND_PAYMENT;
import static dev.breakwater.order.saga.Command.RELEASE_STOCK;
import static dev.breakwater.order.saga.Command.VOID_PAYMENT;
import static dev.breakwater.order.saga.SagaState.CANCELLED;
import static dev.breakwater.order.saga.SagaState.CANCELLING_COMMIT;
import static dev.breakwater.order.saga.SagaState.CANCELLING_PAYMENT;
import static dev.breakwater.order.saga.SagaState.CANCELLING_STOCK;
import static dev.breakwater.order.saga.SagaState.COMMITTING;
import static dev.breakwater.order.saga.SagaState.CONFIRMED;
import static dev.breakwater.order.saga.SagaState.PAYING;
import static dev.breakwater.order.saga.SagaState.REFUNDING;
import static dev.breakwater.order.saga.SagaState.REJECTED;
import static dev.breakwater.order.saga.SagaState.RELEASING;
import static dev.breakwater.order.saga.SagaState.RESERVING;
import static dev.breakwater.order.saga.SagaState.TIMING_OUT_PAYMENT;
import static dev.breakwater.order.saga.Trigger.CANCEL_REQUESTED;
import static dev.breakwater.order.saga.Trigger.LIMIT_EXCEEDED;
import static dev.breakwater.order.saga.Trigger.PAYMENT_CAPTURED;
import static dev.breakwater.order.saga.Trigger.PAYMENT_DECLINED;
import static dev.breakwater.order.saga.Trigger.PAYMENT_REFUNDED;
import static dev.breakwater.order.saga.Trigger.PAYMENT_REFUSED_BY_RISK;
import static dev.breakwater.order.saga.Trigger.PAYMENT_VOIDED;
import static dev.breakwater.order.saga.Trigger.STEP_TIMED_OUT;
import static dev.breakwater.order.saga.Trigger.STOCK_COMMITTED;
import static dev.breakwater.order.saga.Trigger.STOCK_REJECTED;
import static dev.breakwater.order.saga.Trigger.STOCK_RELEASED;
import static dev.breakwater.order.saga.Trigger.STOCK_RESERVED;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole life of an order: reserve stock, authorise and capture payment, commit stock; or the way back.
 *
 * <p>Every pair of state and trigger that can happen stands in this table, repeats and late answers included. What does
 * not stand here is refused and counted: it would mean that somebody's books are wrong. Both sides of each race (cancel
 * against confirm, time-out against late answer) come through here, one after the other, under the lock of the order's
 * row.
 */
final class OrderSaga {

    private static final Map<SagaState, Map<Trigger, Step>> TABLE = new EnumMap<>(SagaState.class);

    static {
        // The way forward, and what turns it back.
        when(RESERVING, STOCK_RESERVED, Step.to(PAYING).sending(CAPTURE_PAYMENT));
        when(RESERVING, STOCK_REJECTED, Step.to(REJECTED).because(Reason.OUT_OF_STOCK));
        when(RESERVING, LIMIT_EXCEEDED, Step.to(REJECTED).because(Reason.LIMIT_REACHED));
        when(RESERVING, CANCEL_REQUESTED, Step.to(CANCELLING_STOCK).because(Reason.CUSTOMER));
        when(
                RESERVING,
                STEP_TIMED_OUT,
                Step.to(RELEASING).sending(RELEASE_STOCK).because(Reason.TIMED_OUT));

        when(PAYING, PAYMENT_CAPTURED, Step.to(COMMITTING).sending(COMMIT_STOCK));
        when(PAYING, PAYMENT_DECLINED, Step.to(RELEASING).sending(RELEASE_STOCK).because(Reason.PAYMENT_DECLINED));
        when(
                PAYING,
                PAYMENT_REFUSED_BY_RISK,
                Step.to(RELEASING).sending(RELEASE_STOCK).because(Reason.PAYMENT_REFUSED_BY_RISK));
        when(
                PAYING,
                CANCEL_REQUESTED,
                Step.to(CANCELLING_PAYMENT).sending(VOID_PAYMENT).because(Reason.CUSTOMER));
        when(
                PAYING,
                STEP_TIMED_OUT,
                Step.to(TIMING_OUT_PAYMENT).sending(VOID_PAYMENT).because(Reason.TIMED_OUT));

        when(COMMITTING, STOCK_COMMITTED, Step.to(CONFIRMED));
        when(COMMITTING, CANCEL_REQUESTED, Step.to(CANCELLING_COMMIT).because(Reason.CUSTOMER));

        when(
                CONFIRMED,
                CANCEL_REQUESTED,
                Step.to(REFUNDING).sending(REFUND_PAYMENT).because(Reason.CUSTOMER));

        // Cancelled while an answer was under way: the answer first, then the way back.
        when(CANCELLING_STOCK, STOCK_RESERVED, Step.to(RELEASING).sending(RELEASE_STOCK));
        when(CANCELLING_STOCK, STOCK_REJECTED, Step.to(REJECTED).because(Reason.OUT_OF_STOCK));
        when(CANCELLING_STOCK, STEP_TIMED_OUT, Step.to(RELEASING).sending(RELEASE_STOCK));

        when(CANCELLING_PAYMENT, PAYMENT_CAPTURED, Step.to(REFUNDING).sending(REFUND_PAYMENT));
        when(CANCELLING_PAYMENT, PAYMENT_DECLINED, Step.to(RELEASING).sending(RELEASE_STOCK));
        when(CANCELLING_PAYMENT, PAYMENT_REFUSED_BY_RISK, Step.to(RELEASING).sending(RELEASE_STOCK));
        when(CANCELLING_PAYMENT, PAYMENT_VOIDED, Step.to(RELEASING).sending(RELEASE_STOCK));

        when(CANCELLING_COMMIT, STOCK_COMMITTED, Step.to(REFUNDING).sending(REFUND_PAYMENT));

        // Timed out: a payment that had begun decides; one that had not is void.
        when(
                TIMING_OUT_PAYMENT,
                PAYMENT_CAPTURED,
                Step.to(COMMITTING).sending(COMMIT_STOCK).withoutReason());
        when(
                TIMING_OUT_PAYMENT,
                PAYMENT_DECLINED,
                Step.to(RELEASING).sending(RELEASE_STOCK).because(Reason.PAYMENT_DECLINED));
        when(
                TIMING_OUT_PAYMENT,
                PAYMENT_REFUSED_BY_RISK,
                Step.to(RELEASING).sending(RELEASE_STOCK).because(Reason.PAYMENT_REFUSED_BY_RISK));
        when(TIMING_OUT_PAYMENT, PAYMENT_VOIDED, Step.to(RELEASING).sending(RELEASE_STOCK));
        when(TIMING_OUT_PAYMENT, CANCEL_REQUESTED, Step.to(CANCELLING_PAYMENT).because(Reason.CUSTOMER));

        // The way back: money first, then stock, then the end.
        when(REFUNDING, PAYMENT_REFUNDED, Step.to(RELEASING).sending(RELEASE_STOCK));
        when(RELEASING, STOCK_RELEASED, Step.to(CANCELLED));

        // A wish that is already being carried out.
        stays(
                CANCEL_REQUESTED,
                CANCELLING_STOCK,
                CANCELLING_PAYMENT,
                CANCELLING_COMMIT,
                REFUNDING,
                RELEASING,
                CANCELLED);

        // Late answers, made good: what was reserved after the end is released, what was captured is refunded.
        for (var end : EnumSet.of(REJECTED, CANCELLED)) {
            when(end, STOCK_RESERVED, Step.to(end).sending(RELEASE_STOCK).afterTheEnd());
            when(end, PAYMENT_CAPTURED, Step.to(end).sending(REFUND_PAYMENT).afterTheEnd());
        }
        when(
                RELEASING,
                PAYMENT_CAPTURED,
                Step.to(RELEASING).sending(REFUND_PAYMENT).afterTheEnd());

        // Repeated answers to repeated commands, and answers that a release or refund already under way makes good.
        stays(
                STOCK_RESERVED,
                PAYING,
                TIMING_OUT_PAYMENT,
                CANCELLING_PAYMENT,
                COMMITTING,
                CANCELLING_COMMIT,
                CONFIRMED,
                REFUNDING,
                RELEASING);
        stays(STOCK_REJECTED, RELEASING, REJECTED, CANCELLED);
        stays(STOCK_COMMITTED, CONFIRMED, REFUNDING, RELEASING, CANCELLED);
        stays(STOCK_RELEASED, REJECTED, CANCELLED);
        stays(PAYMENT_CAPTURED, COMMITTING, CANCELLING_COMMIT, CONFIRMED, REFUNDING);
        stays(PAYMENT_DECLINED, RELEASING, CANCELLED);
        stays(PAYMENT_REFUSED_BY_RISK, RELEASING, CANCELLED);
        stays(PAYMENT_VOIDED, RELEASING, CANCELLED);
        stays(PAYMENT_REFUNDED, RELEASING, CANCELLED, REJECTED);
    }

    private OrderSaga() {}

    /** The step for a trigger; empty for a pair that cannot be, which is to be refused. */
    static Optional<Step> step(SagaState state, Trigger trigger) {
        return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(trigger));
    }

    /** The triggers that a state knows. */
    static Set<Trigger> known(SagaState state) {
        return TABLE.getOrDefault(state, Map.of()).keySet();
    }

    private static void when(SagaState state, Trigger trigger, Step step) {
        var before =
                TABLE.computeIfAbsent(state, s -> new EnumMap<>(Trigger.class)).put(trigger, step);
        if (before != null) {
            throw new IllegalStateException(state + " × " + trigger + " stands twice in the table");
        }
    }

    private static void stays(Trigger trigger, SagaState... states) {
        Arrays.stream(states).forEach(state -> when(state, trigger, Step.to(state)));
    }
}
