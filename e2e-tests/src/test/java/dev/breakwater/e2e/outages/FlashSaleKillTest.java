package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.FlashSale;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Kill -9 of an order instance in the middle of a rush. */
@WithSuite
@Order(Integer.MAX_VALUE - 1)
class FlashSaleKillTest {

    private static final int UNITS = 100;
    private static final int CUSTOMERS = 60;

    private final Shop shop;
    private final Suite suite;

    FlashSaleKillTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    @Test
    void an_instance_killed_in_mid_rush_costs_no_place_and_sells_none_twice() {
        shop.awaitQuiet();
        var sku = shop.newProduct(UNITS + 20);
        var sale = FlashSale.open(shop, sku, UNITS, 3, Duration.ofMinutes(20));
        Set<String> sold = ConcurrentHashMap.newKeySet();
        var decided = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var rush = IntStream.range(0, CUSTOMERS)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> {
                                var customer = shop.newCustomer();
                                for (var attempt = 0; attempt < 4; attempt++) {
                                    var answer = sale.buySurely(customer, "attempt-" + attempt);
                                    decided.incrementAndGet();
                                    if (answer.status() == 202) {
                                        sold.add(answer.text("id"));
                                    }
                                }
                            },
                            threads))
                    .toList();
            await().atMost(Duration.ofSeconds(120)).until(() -> decided.get() > 30);
            assertThat(ProcessHandle.of(suite.pid("order-service/1"))
                            .map(ProcessHandle::destroyForcibly)
                            .orElse(false))
                    .isTrue();
            rush.forEach(CompletableFuture::join);
        }
        await().atMost(Duration.ofMinutes(3)).until(suite::allReady);
        // Places of the killed instance come back; somebody is there to have them.
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var answer = sale.buySurely(shop.newCustomer(), "late");
            if (answer.status() == 202) {
                sold.add(answer.text("id"));
            }
            assertThat(sold).hasSize(UNITS);
        });
        shop.awaitQuiet();
        assertThat(shop.stock(sku)).isEqualTo(new Shop.Stock(20, 0, 20));
        assertThat(sale.buySurely(shop.newCustomer(), "too-late").text("code")).isEqualTo("sold_out");
        var check = suite.run("check", "--wait", "120");
        assertThat(check.status()).as(check.output()).isZero();
    }
}
