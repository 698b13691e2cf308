package dev.breakwater.order.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.remote.CallDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleFlightTest {

    private static final CallDeadline LATER = CallDeadline.in(Duration.ofSeconds(20));

    private final SingleFlight<String, Integer> flights = new SingleFlight<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CompletableFuture<Integer> source = new CompletableFuture<>();

    @Test
    void all_who_come_meanwhile_have_what_one_fetches() throws Exception {
        var got = new ArrayList<Future<Integer>>();
        var coming = new CountDownLatch(20);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < 20; n++) {
                got.add(callers.submit(() -> {
                    coming.countDown();
                    return flights.get("a", LATER, this::fetch).orElseThrow();
                }));
            }
            coming.await();
            await().until(() -> fetches.get() == 1);
            assertThat(flights.get("b", LATER, () -> 2)).contains(2);
            source.complete(1);
            for (var one : got) {
                assertThat(one.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void who_comes_afterwards_fetches_anew() throws Exception {
        source.complete(1);
        flights.get("a", LATER, this::fetch);
        flights.get("a", LATER, this::fetch);

        assertThat(fetches).hasValue(2);
    }

    @Test
    void a_failure_is_that_of_all_who_wait_for_it_and_no_longer() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> flights.get("a", LATER, this::fetch));
            await().until(() -> fetches.get() == 1);
            var second = new FutureTask<>(() -> flights.get("a", LATER, () -> 2));
            var waiting = Thread.startVirtualThread(second);
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            source.completeExceptionally(new IllegalStateException("away"));
            assertThatThrownBy(first::get).hasRootCauseMessage("away");
            assertThatThrownBy(second::get).hasRootCauseMessage("away");
        }
        assertThat(flights.get("a", LATER, () -> 3)).contains(3);
    }

    @Test
    void who_has_no_time_left_waits_no_longer() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> flights.get("a", LATER, this::fetch));
            await().until(() -> fetches.get() == 1);

            assertThat(flights.get("a", CallDeadline.in(Duration.ofMillis(50)), () -> 2))
                    .isEmpty();

            source.complete(1);
            assertThat(first.get()).contains(1);
        }
    }

    @Test
    void one_who_fetches_and_runs_out_of_time_takes_nobody_along() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var hurried = CallDeadline.in(Duration.ofMillis(100));
            var first = callers.submit(() -> flights.get("a", hurried, this::fetch));
            await().until(() -> fetches.get() == 1);
            var second = callers.submit(() -> flights.get("a", LATER, () -> 2));
            await().until(hurried::hasPassed);

            source.completeExceptionally(new IllegalStateException("no time"));

            assertThatThrownBy(first::get).hasRootCauseMessage("no time");
            assertThat(second.get()).contains(2);
        }
    }

    private int fetch() {
        fetches.incrementAndGet();
        return source.join();
    }
}
