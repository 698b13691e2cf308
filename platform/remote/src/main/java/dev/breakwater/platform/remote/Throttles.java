package dev.breakwater.platform.remote;

import dev.breakwater.platform.overload.AcceptRatioSettings;
import dev.breakwater.platform.overload.AcceptRatioThrottle;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** How much is sent to those who do not accept what they are sent, by the names of their breakers. */
final class Throttles {

    private final AcceptRatioSettings settings;
    private final MeterRegistry meters;
    private final Map<String, AcceptRatioThrottle> throttles = new ConcurrentHashMap<>();

    Throttles(AcceptRatioSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
    }

    AcceptRatioThrottle of(String name) {
        return throttles.computeIfAbsent(name, this::create);
    }

    private AcceptRatioThrottle create(String name) {
        var throttle = new AcceptRatioThrottle(
                settings, () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
        FunctionCounter.builder("remote.throttle.refused", throttle, AcceptRatioThrottle::refused)
                .description("Calls that were not made, since those that are called do not accept them")
                .tag("name", name)
                .register(meters);
        return throttle;
    }
}
