package dev.breakwater.platform.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.SettableLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdaptiveWorkersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanoTime = new AtomicLong(1);
    private final List<AdaptiveWorkers> opened = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    @AfterEach
    void nothing_keeps_running() throws InterruptedException {
        for (AdaptiveWorkers workers : opened) {
            workers.close(Duration.ZERO);
        }
    }

    @Test
    void each_call_of_a_batch_is_made_once_and_answered_in_its_place() throws Exception {
        SettableLimit limit = SettableLimit.startingAt(3);
        AdaptiveWorkers workers = workers(limit);
        AtomicInteger made = new AtomicInteger();
        List<Callable<Integer>> batch = IntStream.range(0, 2_000)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    limit.setLimit(1 + i % 20);
                    made.incrementAndGet();
                    return i;
                })
                .toList();

        List<Future<Integer>> answers = workers.invokeAll(batch);

        assertThat(made).hasValue(2_000);
        assertThat(answers.stream().map(Future::resultNow))
                .containsExactlyElementsOf(IntStream.range(0, 2_000).boxed().toList());
    }

    @Test
    void concurrent_batches_lose_nothing() throws Exception {
        AdaptiveWorkers workers = workers(FixedLimit.of(5));
        AtomicInteger made = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            callers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(workers.submit(made::incrementAndGet)).isNotNull();
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        workers.close(PATIENCE);

        assertThat(made).hasValue(4_000);
    }

    @Test
    void never_more_run_at_once_than_the_limit_and_as_many_as_it_when_there_is_work() throws Exception {
        AdaptiveWorkers workers = workers(FixedLimit.of(7));
        List<Future<Integer>> held = submitHeld(workers, 50);

        await().atMost(PATIENCE).untilAtomic(running, value -> assertThat(value).isEqualTo(7));
        assertThat(workers.free()).isZero();
        gate.countDown();

        await().atMost(PATIENCE).until(() -> held.stream().allMatch(Future::isDone));
        assertThat(mostRunning).hasValue(7);
        await().atMost(PATIENCE).until(() -> workers.free() == 7);
    }

    @Test
    void a_call_that_ends_makes_room_for_as_many_as_the_limit_has_grown_by() {
        SettableLimit limit = SettableLimit.startingAt(1);
        AdaptiveWorkers workers = workers(limit);
        CountDownLatch first = new CountDownLatch(1);
        workers.submit(() -> first.await(10, TimeUnit.SECONDS));
        submitHeld(workers, 10);

        limit.setLimit(4);
        first.countDown();

        await().atMost(PATIENCE).untilAtomic(running, value -> assertThat(value).isEqualTo(4));
    }

    @Test
    void the_wait_for_a_place_is_not_measured() throws Exception {
        Recording limit = new Recording(1);
        AdaptiveWorkers workers = workers(limit);
        List<Callable<Long>> batch = IntStream.range(0, 20)
                .<Callable<Long>>mapToObj(_ -> () -> nanoTime.addAndGet(1_000))
                .toList();

        workers.invokeAll(batch);
        workers.close(PATIENCE);

        await().atMost(PATIENCE).until(() -> limit.samples.size() == 20);
        assertThat(limit.samples).allMatch(sample -> sample.equals("1000 ns"));
    }

    @Test
    void time_outs_count_as_dropped_and_other_failures_not_at_all() throws Exception {
        Recording limit = new Recording(1);
        AdaptiveWorkers workers = workers(limit);

        workers.invokeAll(List.of(
                () -> {
                    throw new TimeoutException("too slow");
                },
                () -> {
                    throw new IllegalStateException("our own mistake");
                }));
        workers.submit(() -> "busy", _ -> Sample.DROPPED).get();
        workers.submit(() -> "no connection", _ -> Sample.IGNORED).get();

        await().atMost(PATIENCE).until(() -> workers.free() == 1);
        assertThat(limit.samples).containsExactly("dropped", "dropped");
    }

    @Test
    void a_call_that_was_cancelled_before_its_turn_is_neither_made_nor_measured() {
        Recording limit = new Recording(1);
        AdaptiveWorkers workers = workers(limit);
        submitHeld(workers, 1);
        AtomicInteger made = new AtomicInteger();

        assertThat(workers.submit(made::incrementAndGet).cancel(true)).isTrue();
        gate.countDown();

        await().atMost(PATIENCE).until(() -> workers.free() == 1);
        assertThat(made).hasValue(0);
        assertThat(limit.samples).hasSize(1);
    }

    @Test
    void an_interrupted_batch_is_given_up() throws Exception {
        AdaptiveWorkers workers = workers(FixedLimit.of(2));
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        List<Callable<Integer>> batch = IntStream.range(0, 10)
                .<Callable<Integer>>mapToObj(_ -> () -> {
                    made.incrementAndGet();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw e;
                    }
                    return 0;
                })
                .toList();
        AtomicInteger thrown = new AtomicInteger();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                workers.invokeAll(batch);
            } catch (InterruptedException e) {
                thrown.incrementAndGet();
            }
        });
        await().atMost(PATIENCE).untilAtomic(made, value -> assertThat(value).isEqualTo(2));

        caller.interrupt();
        caller.join();

        assertThat(thrown).hasValue(1);
        await().atMost(PATIENCE).until(() -> workers.free() == 2);
        assertThat(interrupted).hasValue(2);
        assertThat(made).hasValue(2);
    }

    @Test
    void closing_waits_for_what_was_submitted_and_takes_nothing_more() throws Exception {
        AdaptiveWorkers workers = workers(FixedLimit.of(1));
        List<Future<Integer>> held = submitHeld(workers, 5);
        Thread closing = Thread.ofVirtual().start(() -> closePatiently(workers));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatExceptionOfType(RejectedExecutionException.class)
                        .isThrownBy(() -> workers.submit(() -> 0)));
        assertThat(held).noneMatch(Future::isDone);
        gate.countDown();
        closing.join();

        assertThat(held).allMatch(one -> one.state() == State.SUCCESS);
    }

    @Test
    void closing_cancels_what_outlasts_its_patience() throws Exception {
        AdaptiveWorkers workers = workers(FixedLimit.of(1));
        List<Future<Integer>> held = submitHeld(workers, 3);

        workers.close(Duration.ofMillis(20));

        assertThat(held).allMatch(Future::isCancelled);
        await().atMost(PATIENCE).untilAtomic(running, value -> assertThat(value).isZero());
    }

    @Test
    void gauges_tell_the_limit_and_the_calls_until_it_is_closed() throws Exception {
        AdaptiveWorkers workers = workers(FixedLimit.of(3));
        submitHeld(workers, 2);

        assertThat(meters.get("adaptive.limit").tag("name", "bank").gauge().value())
                .isEqualTo(3);
        assertThat(meters.get("adaptive.in_flight").tag("name", "bank").gauge().value())
                .isEqualTo(2);
        gate.countDown();
        workers.close(PATIENCE);

        assertThat(meters.getMeters()).isEmpty();
    }

    private AdaptiveWorkers workers(Limit limit) {
        AdaptiveWorkers workers = new AdaptiveWorkers("bank", limit, meters, () -> {}, nanoTime::get);
        opened.add(workers);
        return workers;
    }

    private List<Future<Integer>> submitHeld(AdaptiveWorkers workers, int count) {
        List<Future<Integer>> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(workers.submit(() -> {
                mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    gate.await();
                } finally {
                    running.decrementAndGet();
                }
                return 0;
            }));
        }
        return held;
    }

    private static void closePatiently(AdaptiveWorkers workers) {
        try {
            workers.close(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fixed limit that writes down what it is told. */
    private static final class Recording implements Limit {

        private final int limit;
        private final List<String> samples = Collections.synchronizedList(new ArrayList<>());

        Recording(int limit) {
            this.limit = limit;
        }

        @Override
        public int getLimit() {
            return limit;
        }

        @Override
        public void notifyOnChange(Consumer<Integer> consumer) {
            // It never changes.
        }

        @Override
        public void onSample(long startTime, long rtt, int inFlight, boolean didDrop) {
            samples.add(didDrop ? "dropped" : rtt + " ns");
        }
    }
}
