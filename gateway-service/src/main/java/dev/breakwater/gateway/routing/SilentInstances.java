package dev.breakwater.gateway.routing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;

/**
 * Tells in the log which instances do not answer: the first call at once, the others by their number, a line every ten
 * seconds. Under load a dead instance is met many times a second until the registry forgets it.
 */
@Component
class SilentInstances {

    private static final Logger log = LoggerFactory.getLogger(SilentInstances.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    /** An instance that is gone for good is heard of neither way again. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Map<URI, Silence> silences = new ConcurrentHashMap<>();
    private final Clock clock;

    SilentInstances(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param told when the last line was written
     * @param untold calls since then
     */
    private record Silence(Instant told, long untold) {

        boolean isOlderThan(Duration age, Instant now) {
            return !now.isBefore(told.plus(age));
        }
    }

    /** A call was not answered. */
    void unanswered(String service, ServiceInstance instance, String cause) {
        var now = clock.instant();
        silences.compute(instance.getUri(), (uri, silence) -> {
            if (silence != null && !silence.isOlderThan(BETWEEN_LINES, now)) {
                return new Silence(silence.told, silence.untold + 1);
            }
            var calls = silence == null ? 1 : silence.untold + 1;
            log.warn("unanswered service={} instance={} calls={} cause={}", service, uri, calls, cause);
            return new Silence(now, 0);
        });
    }

    /** A call was answered. Costs next to nothing while nobody is silent. */
    void answered(String service, ServiceInstance instance) {
        if (silences.isEmpty()) {
            return;
        }
        var now = clock.instant();
        silences.computeIfPresent(instance.getUri(), (uri, silence) -> {
            // Not sooner, or an instance that answers every other call would have a line for each.
            if (!silence.isOlderThan(BETWEEN_LINES, now)) {
                return silence;
            }
            log.info("answers again service={} instance={} unanswered={}", service, uri, silence.untold);
            return null;
        });
        silences.values().removeIf(silence -> silence.isOlderThan(FORGOTTEN, now));
    }
}
