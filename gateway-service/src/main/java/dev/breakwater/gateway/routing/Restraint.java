package dev.breakwater.gateway.routing;

import dev.breakwater.platform.overload.AcceptRatioThrottle;
import dev.breakwater.platform.overload.Priority;
import dev.breakwater.platform.overload.RetryBudget;
import dev.breakwater.platform.web.door.DoorRules;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Keeps the gateway from making a service's overload worse: calls that would most likely be refused there are refused
 * here, second tries have a budget, and so many may wait for one service that those who wait for the others have room.
 * A call counts once, however often it was tried. Reads and writes are held back apart, and so is each priority, for a
 * service that has too much to do refuses what matters less first.
 */
@Component
class Restraint {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RestraintProperties properties;
    private final MeterRegistry meters;
    private final DoorRules rules;
    private final Map<String, Semaphore> rooms = new ConcurrentHashMap<>();
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
    private final Map<Kind, AcceptRatioThrottle> throttles = new ConcurrentHashMap<>();

    Restraint(RestraintProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.meters = meters;
        rules = new DoorRules(properties.calls(), List.of());
    }

    /** Calls that a service accepts or refuses alike. */
    private record Kind(String service, boolean isRead, Priority priority) {

        String name() {
            return isRead ? "read" : "write";
        }
    }

    /**
     * Makes the call, if there is room for it and it has a chance, and remembers what became of it.
     *
     * @throws ProblemException 503 {@code overloaded} if it was not made; what the call throws
     */
    OnwardAnswer hold(ServiceCall call, Supplier<OnwardAnswer> sending) {
        var room = rooms.computeIfAbsent(call.service(), this::room);
        if (!room.tryAcquire()) {
            refusedForRoom(call.service()).increment();
            throw ProblemException.unavailable(
                    "overloaded", "As many wait for the %s as may.".formatted(call.service()), RETRY_AFTER);
        }
        try {
            return holdInside(call, sending);
        } finally {
            room.release();
        }
    }

    private OnwardAnswer holdInside(ServiceCall call, Supplier<OnwardAnswer> sending) {
        var service = call.service();
        var throttle = throttles.computeIfAbsent(kind(call), this::throttle);
        if (!throttle.tryCall()) {
            throw ProblemException.unavailable(
                    "overloaded", "The %s has too much to do just now.".formatted(service), RETRY_AFTER);
        }
        budget(service).called();
        try {
            var answer = sending.get();
            if (answer.isRefusal()) {
                throttle.notAccepted();
            } else {
                throttle.accepted();
            }
            return answer;
        } catch (ProblemException e) {
            if (isUnanswered(e.status(), call.deadline())) {
                throttle.notAccepted();
            }
            throw e;
        }
    }

    private Kind kind(ServiceCall call) {
        var request = call.request();
        var rule = rules.of(request.method(), request.path());
        return new Kind(call.service(), call.isRead(), rule == null ? Priority.BROWSING : rule.priority());
    }

    /** A client that leaves a millisecond must not pass for a service that does not answer. */
    private static boolean isUnanswered(HttpStatus status, Deadline deadline) {
        return status == HttpStatus.SERVICE_UNAVAILABLE
                || status == HttpStatus.GATEWAY_TIMEOUT && !deadline.isHurried();
    }

    /** Whether a call that failed may be made once more; true uses up a part of the budget. */
    boolean mayRetry(String service) {
        return budget(service).tryRetry();
    }

    private Semaphore room(String service) {
        var room = new Semaphore(properties.atATime());
        Gauge.builder("bulkhead.under.way", room, left -> properties.atATime() - left.availablePermits())
                .description("Calls that wait for a service now")
                .tag("service", service)
                .register(meters);
        return room;
    }

    private Counter refusedForRoom(String service) {
        return Counter.builder("bulkhead.refused")
                .description("Calls that were not made, since as many as may were waiting for the service")
                .tag("service", service)
                .register(meters);
    }

    private RetryBudget budget(String service) {
        return budgets.computeIfAbsent(service, _ -> {
            var budget = new RetryBudget(properties.retries(), System::nanoTime);
            FunctionCounter.builder("retries.refused", budget, RetryBudget::refused)
                    .description("Second tries for which there was no budget")
                    .tag("service", service)
                    .register(meters);
            return budget;
        });
    }

    private AcceptRatioThrottle throttle(Kind kind) {
        var throttle = new AcceptRatioThrottle(
                properties.throttle(), () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
        FunctionCounter.builder("throttle.refused", throttle, AcceptRatioThrottle::refused)
                .description("Calls that were not made, since the service does not accept them")
                .tag("service", kind.service)
                .tag("kind", kind.name())
                .tag("priority", kind.priority.name().toLowerCase(Locale.ROOT))
                .register(meters);
        return throttle;
    }
}
