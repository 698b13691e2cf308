package dev.breakwater.platform.remote;

import dev.breakwater.platform.overload.AcceptRatioThrottle;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;

/**
 * Makes remote calls, each behind the breaker and in the bulkhead of those it goes to, on the caller's own thread.
 *
 * <p>A client may allow less time than an answer takes, and must not open the breaker for everybody by that: a call
 * that the caller's {@link CallDeadline} cut short counts only if it had lasted as long as a slow one.
 *
 * <p>Who answers that there is too much to do is not broken: of such calls, and of those that are not answered in time,
 * a throttle holds back a share, and no breaker opens for the former.
 */
public final class RemoteCalls {

    private final CircuitBreakerFactory<?, ?> breakers;
    private final RemoteProperties properties;
    private final Throttles throttles;

    RemoteCalls(CircuitBreakerFactory<?, ?> breakers, RemoteProperties properties, Throttles throttles) {
        this.breakers = breakers;
        this.properties = properties;
        this.throttles = throttles;
    }

    /**
     * @param name of the breaker, which is what the metrics call it
     * @return what the call returns
     * @throws NotCalledException if it was not made
     * @throws RuntimeException whatever the call throws
     */
    public <T> T call(String name, Supplier<T> call) {
        var throttle = throttles.of(name);
        if (!throttle.tryCall()) {
            throw new NotCalledException(name, "most calls are not accepted");
        }
        return breakers.create(name).run(() -> judged(name, call, throttle), thrown -> {
            throw told(name, thrown);
        });
    }

    private <T> T judged(String name, Supplier<T> call, AcceptRatioThrottle throttle) {
        var began = System.nanoTime();
        try {
            var result = call.get();
            throttle.accepted();
            return result;
        } catch (RuntimeException e) {
            var lasted = System.nanoTime() - began;
            if (CallDeadline.current().hasPassed()
                    && lasted < properties.of(name).slowAfter().toNanos()) {
                throw new SaysNothingException(e);
            }
            if (Failures.isOverloaded(e)) {
                throttle.notAccepted();
                throw new SaysNothingException(e);
            }
            if (Failures.isTimeout(e)) {
                throttle.notAccepted();
            } else if (Failures.isAnswer(e)) {
                throttle.accepted();
            }
            throw e;
        }
    }

    private static RuntimeException told(String name, @Nullable Throwable thrown) {
        return switch (thrown) {
            case CallNotPermittedException open -> new NotCalledException(name, open);
            case BulkheadFullException full -> new NotCalledException(name, full);
            case SaysNothingException nothing when nothing.reason() instanceof RuntimeException reason -> reason;
            case RuntimeException itself -> itself;
            case null, default -> new IllegalStateException(thrown);
        };
    }
}
