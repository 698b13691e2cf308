package dev.breakwater.benchmarks.workers;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import dev.breakwater.platform.overload.AdaptiveLimit;
import dev.breakwater.platform.overload.AdaptiveLimitSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A way to decide how many workers there are. */
record Side(String name, Supplier<Limit> limit) {

    private static final int MOST = 100;
    private static final int INITIAL = 20;

    static final List<Side> ALL = List.of(
            new Side("10 workers", () -> FixedLimit.of(10)),
            new Side("50 workers", () -> FixedLimit.of(50)),
            new Side("100 workers", () -> FixedLimit.of(100)),
            new Side("adaptive", Side::adaptive),
            new Side("Vegas instead", Side::vegas));

    /** Our defaults but for the bounds; a drop counts as twice the deadline. */
    private static Limit adaptive() {
        return new AdaptiveLimit(new AdaptiveLimitSettings(8, MOST, INITIAL, 200, WorkersRun.DEADLINE.multipliedBy(2)));
    }

    /** The library's other algorithm as its documentation has it, in the shortest windows that it allows. */
    private static Limit vegas() {
        return WindowedLimit.newBuilder()
                .minWindowTime(100, TimeUnit.MILLISECONDS)
                .maxWindowTime(Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS)
                .build(VegasLimit.newBuilder()
                        .initialLimit(INITIAL)
                        .maxConcurrency(MOST)
                        .build());
    }
}
