package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.reads.ProductServer.Answer;
import dev.breakwater.platform.servers.CannotStartException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Of servers that show changes when the test says. */
class FreshnessTest {

    private final ConcurrentHashMap<String, Long> versions = new ConcurrentHashMap<>();

    @Test
    void a_change_is_everywhere_when_the_last_place_shows_it() throws Exception {
        var readsSinceChange = new AtomicInteger();
        try (var quick = new ProductServer((method, sku) -> {
                    if (method.equals("PUT")) {
                        readsSinceChange.set(0);
                        return Answer.version(versions.merge(sku, 1L, Long::sum));
                    }
                    return Answer.version(version(sku));
                });
                var slow = new ProductServer((_, sku) ->
                        Answer.version(readsSinceChange.incrementAndGet() > 4 ? version(sku) : version(sku) - 1));
                var one = new Place("one", quick.port());
                var other = new Place("other", slow.port());
                var propagation = new Propagation(one, List.of(one, other))) {
            versions.put("A", 1L);
            propagation.change("A", "{}");

            var ofOther = propagation.micros(other).getMaxValue();
            // Four looks that did not show it, with 5 ms after each.
            assertThat(ofOther).isGreaterThanOrEqualTo(20_000);
            assertThat(propagation.micros(one).getTotalCount()).isEqualTo(1);
            assertThat(propagation.lastMicros().getMaxValue()).isGreaterThanOrEqualTo(ofOther);
        }
    }

    @Test
    void the_trial_judges_how_long_changes_took_and_that_none_was_taken_back() throws Exception {
        try (var server = new ProductServer((method, sku) ->
                        Answer.version(method.equals("PUT") ? versions.merge(sku, 2L, Long::sum) : version(sku)));
                var place = new Place("shop", server.port())) {
            var found = FreshTrial.measure(place, List.of(place), List.of("A", "B"), 10, _ -> {});

            assertThat(found)
                    .contains(new Finding("reads that showed less than an earlier one", "0", "0", true))
                    .anyMatch(finding -> finding.what().equals("shown everywhere after: p99") && finding.reached())
                    .anyMatch(finding -> finding.what().startsWith("failed reads")
                            && finding.value().equals("0"));
        }
    }

    @Test
    void a_place_that_goes_back_is_told() throws Exception {
        var reads = new AtomicInteger();
        try (var server = new ProductServer((method, sku) -> Answer.version(
                        method.equals("PUT")
                                ? versions.merge(sku, 2L, Long::sum)
                                : version(sku) - reads.incrementAndGet() % 2));
                var place = new Place("shop", server.port())) {
            assertThat(FreshTrial.measure(place, List.of(place), List.of("A"), 10, _ -> {}))
                    .anyMatch(finding -> finding.what().startsWith("reads that showed less") && !finding.reached());
        }
    }

    @Test
    void without_changes_there_is_nothing_to_measure() {
        var trial = CommandLine.populateCommand(new FreshTrial(), "--changes", "0");

        assertThatThrownBy(() -> trial.run(_ -> {}))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("--changes must be at least 1.");
    }

    private long version(String sku) {
        return Objects.requireNonNullElse(versions.get(sku), 1L);
    }
}
