package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kill -9 of one of two instances, under reads that no cache of the gateway answers. */
@WithSuite
@Order(Integer.MAX_VALUE - 1)
class KilledUnderReadsTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int PER_SECOND = 100;
    /** Several seconds' worth, so that each instance has many under way. */
    private static final int AROUND = 5 * PER_SECOND;

    private final Shop shop;
    private final Suite suite;

    KilledUnderReadsTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    @ParameterizedTest
    @ValueSource(strings = {"inventory-service/1", "order-service/2"})
    void an_instance_is_killed_and_comes_back_and_no_read_fails(String victim) throws Exception {
        await().atMost(LONG).until(suite::allReady);
        var customer = shop.newCustomer();
        var order = customer.placeSurely("SKU-000001", 1, "tok_ok").text("id");
        shop.awaitFinal(customer, order);
        var paths = List.of(
                "products?limit=20",
                "orders/" + order,
                "products?category=kitchen&limit=10",
                "orders?limit=20",
                "products/SKU-000001/stock");
        try (var reads = PacedReads.begin(customer, paths, PER_SECOND)) {
            awaitMore(reads);
            var killed = suite.pid(victim);

            assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();

            awaitMore(reads);
            await("its return").atMost(LONG).until(() -> suite.allReady() && suite.pid(victim) != killed);
            awaitMore(reads);
            reads.stop();
            assertThat(reads.failed()).isEmpty();
        }
    }

    private static void awaitMore(PacedReads reads) {
        var before = reads.answered();
        await("reads being answered").atMost(LONG).until(() -> reads.answered() >= before + AROUND);
    }
}
