package dev.breakwater.payment.lifecycle;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order.
 *
 * @param id also the key of the charge at the bank, on every channel
 * @param demand null when a void came before the capture
 * @param refundWanted asked for before it was captured
 * @param pinned the outcome at the attempt's channel was unknown once: no other channel is ever tried, for there the
 *     key would be a second charge
 * @param traceparent the trace of the command that asked for it
 */
public record Payment(
        UUID orderId,
        UUID id,
        @Nullable Demand demand,
        PaymentState state,
        @Nullable String reason,
        boolean refundWanted,
        @Nullable Attempt attempt,
        boolean pinned,
        Task task,
        @Nullable String traceparent) {

    public static final String DECLINED_BY_BANK = "PAYMENT_DECLINED";
    public static final String REFUSED_BY_RISK = "PAYMENT_REFUSED_BY_RISK";

    /** To be charged from now on. */
    public static Payment accepted(UUID orderId, UUID id, Demand demand, Instant now, @Nullable String traceparent) {
        boolean free = demand.amountMinor() == 0;
        return new Payment(
                orderId,
                id,
                demand,
                free ? PaymentState.CAPTURED : PaymentState.READY,
                null,
                false,
                null,
                false,
                free ? Task.NONE : Task.at(now, 0),
                traceparent);
    }

    /** Never to be charged. */
    public static Payment refusedByRisk(UUID orderId, UUID id, Demand demand, @Nullable String traceparent) {
        return new Payment(
                orderId,
                id,
                demand,
                PaymentState.DECLINED,
                REFUSED_BY_RISK,
                false,
                null,
                false,
                Task.NONE,
                traceparent);
    }

    /** What a void leaves for an order whose capture has not come: it will find this. */
    public static Payment tombstone(UUID orderId, UUID id) {
        return new Payment(orderId, id, null, PaymentState.VOIDED, null, false, null, false, Task.NONE, null);
    }

    /** Whether it is certain that no call for this payment is or was anywhere but refused. */
    public boolean hasNotBegun() {
        return state == PaymentState.READY && !pinned;
    }

    public Payment voided() {
        return in(PaymentState.VOIDED, Task.NONE);
    }

    /** To be given back now, or as soon as it is captured. */
    public Payment withRefundWanted(Instant now) {
        if (state != PaymentState.CAPTURED) {
            return wanting();
        }
        return amountMinor() == 0
                ? wanting().in(PaymentState.REFUNDED, Task.NONE)
                : wanting().in(PaymentState.REFUND_READY, Task.at(now, 0));
    }

    public long amountMinor() {
        return demand == null ? 0 : demand.amountMinor();
    }

    public Demand knownDemand() {
        return Objects.requireNonNull(demand, "demand");
    }

    public Attempt knownAttempt() {
        return Objects.requireNonNull(attempt, "attempt");
    }

    public String chargeKey() {
        return id.toString();
    }

    public String refundKey() {
        return id + "-refund";
    }

    Payment in(PaymentState next, Task nextTask) {
        return new Payment(orderId, id, demand, next, reason, refundWanted, attempt, pinned, nextTask, traceparent);
    }

    Payment pinnedToChannel() {
        return new Payment(orderId, id, demand, state, reason, refundWanted, attempt, true, task, traceparent);
    }

    Payment attempting(Attempt next) {
        return new Payment(orderId, id, demand, state, reason, refundWanted, next, pinned, task, traceparent);
    }

    Payment declined() {
        return new Payment(
                orderId,
                id,
                demand,
                PaymentState.DECLINED,
                DECLINED_BY_BANK,
                refundWanted,
                attempt,
                pinned,
                Task.NONE,
                traceparent);
    }

    private Payment wanting() {
        return new Payment(orderId, id, demand, state, reason, true, attempt, pinned, task, traceparent);
    }
}
