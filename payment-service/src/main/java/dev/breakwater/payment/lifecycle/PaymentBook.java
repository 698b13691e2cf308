package dev.breakwater.payment.lifecycle;

import dev.breakwater.payment.bank.BankAnswer;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.persistence.Figures;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes what happens to payments: rows, attempts, messages and figures, in the caller's transaction. */
@Component
public class PaymentBook {

    private final Payments payments;
    private final Attempts attempts;
    private final Lifecycle lifecycle;
    private final Outbox outbox;
    private final Figures figures;
    private final Clock clock;

    PaymentBook(
            Payments payments, Attempts attempts, Lifecycle lifecycle, Outbox outbox, Figures figures, Clock clock) {
        this.payments = payments;
        this.attempts = attempts;
        this.lifecycle = lifecycle;
        this.outbox = outbox;
        this.figures = figures;
        this.clock = clock;
    }

    /** A call to the bank that has returned. */
    public record Returned(Payment called, BankAnswer answer, Instant calledAt) {}

    /** The payments of these orders, locked until the transaction ends. */
    public Map<UUID, Payment> lock(Collection<UUID> orderIds) {
        return payments.lock(orderIds);
    }

    /**
     * Begins due steps for the bearer of the lease; empty when nothing is due.
     *
     * @param room how many calls may be made, by channel
     */
    public List<Payment> beginDue(Map<String, Integer> room, UUID bearer) {
        Instant now = now();
        List<Payment> due = new ArrayList<>();
        int everywhere = Collections.min(room.values());
        if (everywhere > 0) {
            // Wherever these turn out to go, there is room.
            due.addAll(payments.lockDueElsewhere(room.keySet(), now, everywhere));
        }
        int elsewhere = due.size();
        room.forEach((channel, free) -> {
            if (free > elsewhere) {
                due.addAll(payments.lockDue(channel, now, free - elsewhere));
            }
        });
        List<Change> changes = due.stream()
                .map(payment -> Change.of(payment, lifecycle.begin(payment, bearer, now)))
                .toList();
        write(changes, List.of());
        return changes.stream().map(Change::after).toList();
    }

    /** Writes what came of calls; one whose lease another bearer has taken over in the meantime is left to it. */
    public void settle(List<Returned> returned) {
        Instant now = now();
        Map<UUID, Payment> current =
                lock(returned.stream().map(one -> one.called().orderId()).toList());
        List<Change> changes = new ArrayList<>();
        List<Outgoing> events = new ArrayList<>();
        for (Returned one : returned) {
            Payment before = current.get(one.called().orderId());
            if (before != null
                    && Objects.equals(before.task().lease(), one.called().task().lease())) {
                Payment after = lifecycle.settle(before, one.answer(), one.calledAt(), now);
                changes.add(new Change(before, after, one.answer().label()));
                events.addAll(PaymentEvents.between(before, after));
            }
        }
        write(changes, events);
    }

    /** Writes changes and what is to be said about them. */
    public void write(List<Change> changes, List<Outgoing> messages) {
        Instant now = now();
        payments.insert(
                changes.stream().filter(Change::isNew).map(Change::after).toList(), now);
        payments.update(
                changes.stream()
                        .filter(change -> !change.isNew())
                        .map(Change::after)
                        .toList(),
                now);
        attempts.begin(changes.stream()
                .filter(Change::beginsAttempt)
                .map(Change::after)
                .toList());
        attempts.settle(
                changes.stream().filter(change -> change.answer() != null).toList(), now);
        outbox.appendAll(messages);
        figures.add(PaymentFigures.deltas(changes));
    }

    private Instant now() {
        // The database keeps microseconds: what is written and what is remembered must be the same.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
