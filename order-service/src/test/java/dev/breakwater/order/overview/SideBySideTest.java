package dev.breakwater.order.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.remote.CallDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideBySideTest {

    private static final CallDeadline FAR = CallDeadline.in(Duration.ofSeconds(20));

    @Test
    void subtasks_run_at_the_same_time_and_are_joined() throws Exception {
        var together = new CyclicBarrier(3);
        var ended = new AtomicInteger();
        try (var parts = new SideBySide(FAR)) {
            for (var i = 0; i < 3; i++) {
                parts.fork(() -> {
                    meet(together);
                    ended.incrementAndGet();
                });
            }
            parts.join();

            assertThat(ended).hasValue(3);
        }
    }

    @Test
    void one_that_fails_takes_no_other_along() throws Exception {
        var ended = new AtomicInteger();
        try (var parts = new SideBySide(FAR)) {
            parts.fork(() -> {
                throw new IllegalStateException("a part that fails");
            });
            parts.fork(ended::incrementAndGet);
            parts.join();

            assertThat(ended).hasValue(1);
        }
    }

    @Test
    void what_has_not_ended_at_the_deadline_is_interrupted_and_waited_for() throws Exception {
        var never = new CountDownLatch(1);
        var threads = List.of(new AtomicReference<@Nullable Thread>(), new AtomicReference<@Nullable Thread>());
        var interrupted = new AtomicInteger();
        try (var parts = new SideBySide(CallDeadline.in(Duration.ofMillis(50)))) {
            for (var thread : threads) {
                parts.fork(() -> {
                    thread.set(Thread.currentThread());
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                });
            }
            parts.join();
        }

        assertThat(interrupted).hasValue(2);
        for (var thread : threads) {
            // They have given back all they had; the last steps of a thread itself take a moment.
            assertThat(Objects.requireNonNull(thread.get()).join(Duration.ofSeconds(5)))
                    .isTrue();
        }
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
