package dev.breakwater.benchmarks.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.http.KeptConnections;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTrialTest {

    private static final KillTrial.Times SHORT = new KillTrial.Times(Duration.ofMillis(200), Duration.ofMillis(100));

    @Test
    void each_victim_is_killed_and_reads_that_fail_are_counted() throws Exception {
        var victim = Servers.redis();
        try (var upstream = new Upstream()) {
            assertThat(failed(upstream.port())).extracting(Finding::reached).containsExactly(true);
            assertThat(victim.isReady()).isFalse();
            Servers.bringBack(victim);
            assertThat(failed(victim.port())).extracting(Finding::reached).containsExactly(false);
        } finally {
            Servers.bringBack(victim);
        }
    }

    private static List<Finding> failed(int port) throws Exception {
        var victim = Servers.redis();
        try (var reads = new PacedReads(port, List.of(KeptConnections.get("/")), 100)) {
            return KillTrial.measure(List.of(victim), reads, SHORT, line -> {}).stream()
                    .filter(finding -> finding.what().equals("failed reads"))
                    .toList();
        }
    }
}
