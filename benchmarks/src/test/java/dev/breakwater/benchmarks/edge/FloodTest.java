package dev.breakwater.benchmarks.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.http.KeptConnections;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void callers_of_a_service_with_a_door_are_answered_in_time_or_refused() throws Exception {
        var tally = flooded(true);

        assertThat(tally.offered()).isEqualTo(2_000);
        assertThat(tally.inTime()).isPositive();
        assertThat(tally.refused()).isPositive();
        assertThat(tally.shareInTime()).isBetween(0.01, 0.99);
    }

    @Test
    void callers_of_one_without_wait_in_line_and_the_time_of_those_who_went_counts_as_well() throws Exception {
        var tally = flooded(false);

        assertThat(tally.offered()).isEqualTo(2_000);
        assertThat(tally.shareInTime()).isLessThan(0.9);
        assertThat(tally.p99Millis()).isGreaterThanOrEqualTo(999);
    }

    /** Twice what can be done, and more: two seconds of a thousand calls each. */
    private Flood.Tally flooded(boolean door) throws Exception {
        var tomcat = BoundedService.start(0, door, folder);
        try (var flood = new Flood(
                tomcat.getConnector().getLocalPort(),
                KeptConnections.post(BoundedService.PLACING),
                new OpenLoop(1, 1),
                DEADLINE)) {
            return flood.run(Duration.ofMillis(500), Duration.ofSeconds(2));
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
