package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./breakwater restart --rolling} under the calls of a busy hour: nobody notices. */
@WithSuite
@Order(Integer.MAX_VALUE - 2)
class RollingRestartTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    /** What two cores bear beside a JVM that starts: at 300, Redis may answer a limit too late. */
    private static final int PER_SECOND = 100;

    private static final int AROUND = 5 * PER_SECOND;

    private final Shop shop;
    private final Suite suite;

    RollingRestartTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-service", "inventory-service", "payment-service"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void a_service_is_restarted_under_load_and_no_call_fails(String service) throws Exception {
        await().atMost(LONG).until(suite::allReady);
        try (var calls = MixedCalls.begin(shop, PER_SECOND)) {
            awaitMore(calls);

            var rolled = suite.run("restart", "--rolling", service);

            assertThat(rolled.status()).as(rolled.output()).isZero();
            System.out.println(rolled.output());
            awaitMore(calls);
            calls.stop();
            System.out.printf("%s restarted under %s%n", service, calls.summary());
            assertThat(calls.failed()).isEmpty();
        }
        assertThat(suite.allReady()).isTrue();
        var check = suite.run("check", "--wait", "120");
        assertThat(check.status()).as(check.output()).isZero();
    }

    @Test
    void a_single_gateway_is_not_restarted_in_passing_and_the_refusal_says_what_to_do() {
        var refused = suite.run("restart", "--rolling", "gateway-service");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .contains("cannot be replaced without a gap", "./breakwater restart gateway-service");
    }

    private static void awaitMore(MixedCalls calls) {
        var before = calls.answered();
        await("calls being answered").atMost(LONG).until(() -> calls.answered() >= before + AROUND);
    }
}
