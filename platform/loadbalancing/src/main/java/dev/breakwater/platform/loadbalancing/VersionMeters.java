package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How a version does, which is what decides on whether it gets more. */
record VersionMeters(Counter picks, Timer answered, Timer failed) implements Call.Observer {

    static VersionMeters of(Tags tags, MeterRegistry registry) {
        return new VersionMeters(
                Counter.builder("loadbalancing.version.picks")
                        .description("Times that an instance of the version was chosen")
                        .tags(tags)
                        .register(registry),
                calls("answered", tags, registry),
                calls("failed", tags, registry));
    }

    @Override
    public void ended(boolean hasFailed, long tookNanos) {
        (hasFailed ? failed : answered).record(tookNanos, TimeUnit.NANOSECONDS);
    }

    void removeFrom(MeterRegistry registry) {
        registry.remove(picks);
        registry.remove(answered);
        registry.remove(failed);
    }

    private static Timer calls(String outcome, Tags tags, MeterRegistry registry) {
        return Timer.builder("loadbalancing.version.calls")
                .description("Calls to instances of the version that ended")
                .tags(tags.and("outcome", outcome))
                .register(registry);
    }
}
