package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Product pages at the gateway and at each instance of inventory-service, while they change and while Redis dies. */
@WithSuite
@Order(Integer.MAX_VALUE - 1)
class ReadsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CHANGES = 50;

    private final Shop shop;
    private final Suite suite;
    private final List<String> places;

    ReadsTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
        this.places = List.of(
                shop.gateway() + "/api/v1/products/",
                "http://localhost:%d/api/v1/products/".formatted(suite.port(8082)),
                "http://localhost:%d/api/v1/products/".formatted(suite.port(8092)));
    }

    @AfterEach
    void everything_serves_again() {
        await().atMost(LONG).until(suite::allReady);
    }

    @Test
    void each_change_is_shown_everywhere_and_no_place_ever_goes_back() throws Exception {
        var sku = "E2E-" + UUID.randomUUID();
        write(sku, 0);
        // The other instance takes it for unknown until it hears of it.
        places.forEach(place -> await().atMost(LONG)
                .until(() -> shop.anonymous().get(place + sku).status() == 200));
        try (var readers = Readers.begin(shop, addresses(List.of(sku)))) {
            for (var change = 1; change <= CHANGES; change++) {
                var written = write(sku, change);
                await().atMost(LONG).until(() -> readers.leastVersion() >= written);
            }
            readers.stop();
            assertThat(readers.failed()).isEmpty();
            assertThat(readers.wentBack()).isEmpty();
        }
    }

    @Test
    void redis_is_killed_under_load_and_comes_back_and_no_read_fails() throws Exception {
        var skus = IntStream.range(1, 400).mapToObj("SKU-%06d"::formatted).toList();
        try (var readers = Readers.begin(shop, addresses(skus))) {
            await().atMost(LONG).until(() -> readers.reads() > 1_000);
            var before = suite.pid("redis");
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            var sku = "E2E-" + UUID.randomUUID();
            write(sku, 0);
            var reads = readers.reads();
            await().atMost(LONG).until(() -> readers.reads() > reads + 1_000 && suite.allReady());
            assertThat(suite.pid("redis")).isNotEqualTo(before);
            var written = write(sku, 1);
            places.forEach(place -> await().atMost(LONG)
                    .until(() -> shop.anonymous().get(place + sku).expect(200).number("version") >= written));
            readers.stop();
            assertThat(readers.failed()).isEmpty();
        }
    }

    private List<String> addresses(List<String> skus) {
        return places.stream()
                .flatMap(place -> skus.stream().map(sku -> place + sku))
                .toList();
    }

    /** The version that was written. */
    private long write(String sku, int price) {
        var answer = shop.admin()
                .put(
                        "products/" + sku,
                        "{\"name\": \"Lamp\", \"description\": \"\", \"category\": \"e2e\", \"priceMinor\": %d, \"currency\": \"CNY\"}"
                                .formatted(price));
        assertThat(Stream.of(200, 201)).contains(answer.status());
        return answer.number("version");
    }
}
