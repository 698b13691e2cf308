package dev.breakwater.benchmarks.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitTrialTest {

    private static final LimitTrial.Times SHORT =
            new LimitTrial.Times(2, Duration.ofMillis(500), Duration.ofMillis(100));

    @Test
    void a_rule_that_nobody_keeps_is_found_out_and_redis_is_back_afterwards() throws Exception {
        try (var upstream = new Upstream()) {
            assertThat(reached(upstream)).startsWith(true, true, false, false, false);
        }
        assertThat(Servers.redis().isReady()).isTrue();
    }

    /** There is no limit: what is let through is what comes. */
    private static List<Boolean> reached(Upstream upstream) throws Exception {
        try (var flood = new Arrivals(List.of(upstream.port(), upstream.port()), 5)) {
            return LimitTrial.measure(Servers.redis(), flood, SHORT, line -> {}).stream()
                    .map(Finding::reached)
                    .toList();
        }
    }
}
