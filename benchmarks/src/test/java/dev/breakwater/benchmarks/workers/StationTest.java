package dev.breakwater.benchmarks.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StationTest {

    private static final Phase NEVER = new Phase("closed", 0, Duration.ofMillis(1));

    @Test
    void what_no_server_is_there_for_waits_until_there_is_one() {
        Station station = new Station(NEVER);
        List<CompletableFuture<Void>> calls =
                Stream.generate(station::call).limit(50).toList();
        assertThat(calls).noneMatch(CompletableFuture::isDone);

        station.enter(new Phase("open", 2, Duration.ofMillis(1)));

        calls.forEach(CompletableFuture::join);
        assertThat(station.utilisation()).isBetween(0.0, 1.0);
    }

    @Test
    void a_station_with_enough_to_do_is_fully_used() {
        Station station = new Station(new Phase("open", 2, Duration.ofMillis(1)));
        List<CompletableFuture<Void>> calls =
                Stream.generate(station::call).limit(200).toList();

        // Forgets the moment before the first call.
        assertThat(station.utilisation()).isBetween(0.0, 1.0);
        calls.getFirst().join();

        assertThat(station.utilisation()).isGreaterThan(0.9);
        calls.forEach(CompletableFuture::join);
    }
}
