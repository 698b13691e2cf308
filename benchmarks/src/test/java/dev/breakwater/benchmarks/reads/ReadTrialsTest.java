package dev.breakwater.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.reads.ProductServer.Answer;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On the real servers. */
class ReadTrialsTest {

    @Test
    void a_crowd_that_wants_an_expired_key_makes_one_load() throws Exception {
        assertThat(new CrowdTrial(2).run(line -> {}))
                .containsExactly(new Finding("most loads of a crowd", "1", "1", true));
    }

    @Test
    void the_rows_are_products_as_inventory_service_has_them_and_count_who_waits_for_them() throws Exception {
        try (var database = Database.fresh(2, "db/platform", "db/inventory-service")) {
            var rows = ProductRows.of(database, 100);

            var product = rows.load(ProductRows.key(100));
            ProductRows.asReader(() -> rows.load(ProductRows.key(1)));

            assertThat(new String(Objects.requireNonNull(product.body()), UTF_8))
                    .contains("\"sku\":\"SKU-100\"", "\"price_minor\":129900");
            assertThat(rows.loads()).isEqualTo(2);
            assertThat(rows.waitedFor()).isEqualTo(1);
        }
    }

    @Test
    void redis_is_killed_and_comes_back_and_who_was_not_answered_meanwhile_is_counted() throws Exception {
        var redis = Servers.redis();
        try (var brave = new ProductServer((_, _) -> Answer.version(1));
                var timid = new ProductServer((_, _) -> new Answer(redis.isRunning() ? 200 : 503, "\"1\""));
                var one = new Place("brave", brave.port());
                var other = new Place("timid", timid.port())) {
            assertThat(outage(one)).contains(new Finding("failed reads", "0", "0", true));
            assertThat(outage(other)).anyMatch(finding -> finding.what().equals("failed reads") && !finding.reached());
        }
        assertThat(redis.isReady()).isTrue();
    }

    private static List<Finding> outage(Place place) throws InterruptedException {
        try (var load = new ReadLoad(List.of(place), List.of("A"), 500)) {
            return OutageTrial.measure(
                    Servers.redis(), load, Duration.ofMillis(200), Duration.ofMillis(200), line -> {});
        }
    }

    @Test
    void with_and_without_isolation_both_kinds_of_keys_are_told() throws Exception {
        var found = new IsolationTrial(Duration.ofSeconds(2), Duration.ofMillis(600)).run(line -> {});

        assertThat(found)
                .extracting(Finding::what)
                .contains("off: other keys, p50, p99", "on: other keys, p50, p99", "on: the hot key, p50, p99");
    }
}
