package dev.breakwater.payment.work;

import dev.breakwater.payment.bank.BankAnswer;
import dev.breakwater.payment.bank.BankProperties;
import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook.Returned;
import dev.breakwater.platform.overload.AdaptiveLimit;
import dev.breakwater.platform.overload.AdaptiveWorkers;
import dev.breakwater.platform.overload.Sample;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes calls to the bank, outside any transaction. Each channel has workers of its own, as many as it can take just
 * now: one that becomes slow keeps neither the others' workers nor, for long, many of its own.
 */
@Component
class Bulkhead {

    private final BankCalls calls;
    private final Settlements settlements;
    private final BankProperties bank;
    private final WorkProperties properties;
    private final MeterRegistry meters;
    private final Clock clock;

    private final Map<String, AdaptiveWorkers> channels = new ConcurrentHashMap<>();
    private volatile boolean open;
    private volatile Runnable freed = () -> {};
    private @Nullable Thread settling;

    Bulkhead(
            BankCalls calls,
            Settlements settlements,
            BankProperties bank,
            WorkProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.calls = calls;
        this.settlements = settlements;
        this.bank = bank;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param whenFreed run each time when another call may be made */
    void open(Runnable whenFreed) {
        freed = whenFreed;
        bank.channels().forEach(this::workersOf);
        open = true;
        settling = Thread.ofVirtual().name("settlements").start(this::settle);
    }

    /** How many calls may be made now, by channel. */
    Map<String, Integer> room() {
        Map<String, Integer> room = new HashMap<>();
        channels.forEach((channel, workers) -> room.put(channel, workers.free()));
        return room;
    }

    /** Makes the call that the payment is waiting for, and has its outcome written. */
    void call(Payment payment) {
        workersOf(payment.knownAttempt().channel())
                .submit(
                        () -> {
                            Instant calledAt = clock.instant();
                            BankAnswer answer = calls.make(payment);
                            settlements.add(new Returned(payment, answer, calledAt));
                            return answer;
                        },
                        Bulkhead::judge);
    }

    /** Also for a channel that is no longer configured, of payments that began there. */
    private AdaptiveWorkers workersOf(String channel) {
        return channels.computeIfAbsent(
                channel,
                name -> new AdaptiveWorkers(
                        "bank-" + name, new AdaptiveLimit(properties.limit()), meters, () -> freed.run()));
    }

    private static Sample judge(BankAnswer answer) {
        return switch (answer) {
            case BankAnswer.Succeeded(), BankAnswer.Declined(), BankAnswer.NotFound() -> Sample.SERVED;
            // The channel knows nothing of it.
            case BankAnswer.NotCalled() -> Sample.IGNORED;
            // Cut off, or turned away: both are what a bank does that has too much to do.
            case BankAnswer.Unknown(), BankAnswer.Refused() -> Sample.DROPPED;
        };
    }

    private void settle() {
        try {
            boolean wasOpen;
            boolean wrote;
            do {
                wasOpen = open;
                wrote = settlements.writeNext();
            } while (wasOpen || wrote);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the calls under way to return and be written, but not longer than told. */
    void close(Duration patience) throws InterruptedException {
        Instant end = clock.instant().plus(patience);
        for (AdaptiveWorkers workers : channels.values()) {
            workers.close(Duration.between(clock.instant(), end));
        }
        channels.clear();
        open = false;
        Thread written = settling;
        if (written != null && !written.join(Duration.between(clock.instant(), end))) {
            // What it would have written is asked for when the leases end.
            written.interrupt();
        }
    }
}
