package dev.breakwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    @Test
    void callers_come_at_their_rate_though_nobody_was_answered() throws Exception {
        var all = new CountDownLatch(5 * 100);

        var round = new OpenLoop(5).run(Duration.ofMillis(100), () -> {
            all.countDown();
            all.await();
        });

        assertThat(round.done()).isEqualTo(500);
        assertThat(round.micros().getTotalCount()).isEqualTo(500);
        // Who came first waited for the last one.
        assertThat(round.percentileMillis(100)).isGreaterThanOrEqualTo(99);
    }

    @Test
    void a_call_that_fails_ends_the_measurement_with_its_cause() {
        assertThatThrownBy(() -> new OpenLoop(1).run(Duration.ofMinutes(1), () -> {
                    throw new IllegalStateException("no such key");
                }))
                .hasMessageContaining("no such key");
    }

    @Test
    void callers_who_come_every_few_milliseconds_are_told_when_they_were_due() {
        var due = new ConcurrentSkipListSet<Long>();

        new OpenLoop(1, 5).come(milli -> milli < 50, due::add);

        assertThat(due).hasSize(10);
        assertThat(due.last() - due.first()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(45));
    }
}
