package dev.breakwater.platform.loadbalancing.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {

    private static final int CUSTOMERS = 100_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 10, 20, 50, 100})
    void a_version_gets_its_share_of_the_customers(double share) {
        var canary = new Canary("v2", share);

        var taken = IntStream.range(0, CUSTOMERS)
                .filter(customer -> canary.takes(hash(customer)))
                .count();

        assertThat(100.0 * taken / CUSTOMERS).isCloseTo(share, within(share % 100 == 0 ? 0 : 0.5));
    }

    @Test
    void a_share_that_is_raised_takes_nobody_back() {
        for (var share = 0; share < 100; share++) {
            var before = new Canary("v2", share);
            var after = new Canary("v2", share + 1);
            assertThat(IntStream.range(0, 1_000)
                            .filter(customer -> before.takes(hash(customer)))
                            .filter(customer -> !after.takes(hash(customer))))
                    .isEmpty();
        }
    }

    @Test
    void it_is_not_always_the_same_customers_who_meet_what_is_new() {
        var second = new Canary("v2", 10);
        var third = new Canary("v3", 10);

        var both = IntStream.range(0, CUSTOMERS)
                .filter(customer -> second.takes(hash(customer)) && third.takes(hash(customer)))
                .count();

        assertThat(100.0 * both / CUSTOMERS).isCloseTo(1, within(0.2));
    }

    private static long hash(int customer) {
        return Hashes.of("customer-" + customer);
    }
}
