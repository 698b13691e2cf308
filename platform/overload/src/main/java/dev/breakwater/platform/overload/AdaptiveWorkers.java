package dev.breakwater.platform.overload;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Runs calls of one dependency, each on a virtual thread of its own and at most as many at a time as a limit allows,
 * usually an {@link AdaptiveLimit}: threads are free, the dependency's patience is not.
 *
 * <p>What is submitted above the limit waits here, in order, and gets its thread when there is room. That wait is not
 * measured: a limit that took its own queue for the dependency's latency would fall, and so make the queue longer,
 * until nothing moved. Each call is run once or, if cancelled in time, never; calls that were never made or that failed
 * for reasons of their own do not move the limit.
 *
 * <p>The gauges {@code adaptive.limit} and {@code adaptive.in_flight} bear the name as a tag.
 */
public final class AdaptiveWorkers {

    private final String name;
    private final SimpleLimiter<String> limiter;
    private final MeterRegistry meters;
    private final Runnable freed;
    private final ThreadFactory threads;
    private final List<Gauge> gauges;
    private final Queue<Work<?>> waiting = new ConcurrentLinkedQueue<>();
    /** Those that wait and those that run. */
    private final Set<Work<?>> unfinished = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** @param freed run after each call, when its place is free again */
    public AdaptiveWorkers(String name, Limit limit, MeterRegistry meters, Runnable freed) {
        this(name, limit, meters, freed, System::nanoTime);
    }

    AdaptiveWorkers(String name, Limit limit, MeterRegistry meters, Runnable freed, LongSupplier nanoTime) {
        this.name = name;
        this.meters = meters;
        this.freed = freed;
        limiter = SimpleLimiter.newBuilder().limit(limit).nanoClock(nanoTime).build();
        threads = Thread.ofVirtual().name(name + "-", 0).factory();
        gauges = List.of(
                Gauge.builder("adaptive.limit", limiter, SimpleLimiter::getLimit)
                        .description("Calls that may be made at a time")
                        .tag("name", name)
                        .register(meters),
                Gauge.builder("adaptive.in_flight", limiter, SimpleLimiter::getInflight)
                        .description("Calls that are being made")
                        .tag("name", name)
                        .register(meters));
    }

    /** How many more would run at once now; only {@link #submit} and a falling limit make it less. */
    public int free() {
        return Math.max(0, limiter.getLimit() - unfinished.size());
    }

    /**
     * Has it made as soon as there is room. A time-out that it throws counts as dropped, any other failure does not.
     */
    public <T> Future<T> submit(Callable<T> call) {
        return submit(call, _ -> Sample.SERVED);
    }

    /**
     * Has it made as soon as there is room.
     *
     * @param judge what the result says about the dependency, for calls that do not throw when they fail
     * @throws RejectedExecutionException after {@link #close}
     */
    public <T> Future<T> submit(Callable<T> call, Function<? super T, Sample> judge) {
        Work<T> work = new Work<>(call, judge);
        unfinished.add(work);
        // Asked after it was added: either this sees that it is closed, or close() sees the work.
        if (closed) {
            unfinished.remove(work);
            work.cancel(false);
            throw new RejectedExecutionException(name + " is closed");
        }
        waiting.add(work);
        startWaiting();
        return work;
    }

    /**
     * Makes all calls of a batch and returns when each has ended, in the batch's order.
     *
     * @throws InterruptedException when interrupted; what has not ended by then is cancelled
     */
    public <T> List<Future<T>> invokeAll(List<? extends Callable<T>> batch) throws InterruptedException {
        List<Future<T>> all = new ArrayList<>(batch.size());
        try {
            for (Callable<T> call : batch) {
                all.add(submit(call));
            }
            for (Future<T> one : all) {
                awaitEnd(one, Long.MAX_VALUE);
            }
        } finally {
            // Does nothing to what has ended. Those that still wait come first: else one of them would begin where one
            // is interrupted.
            all.reversed().forEach(one -> one.cancel(true));
        }
        return all;
    }

    /**
     * Whoever adds to the queue comes here afterwards, and so does whoever gives a place back: nobody is overlooked.
     */
    private void startWaiting() {
        while (!waiting.isEmpty()) {
            Optional<Limiter.Listener> place = limiter.acquire(name);
            if (place.isEmpty()) {
                return;
            }
            Work<?> next = waiting.poll();
            if (next == null) {
                place.get().onIgnore();
            } else {
                threads.newThread(() -> run(next, place.get())).start();
            }
        }
    }

    private void run(Work<?> work, Limiter.Listener place) {
        work.run();
        unfinished.remove(work);
        switch (work.sample()) {
            case SERVED -> place.onSuccess();
            case DROPPED -> place.onDropped();
            case IGNORED -> place.onIgnore();
        }
        startWaiting();
        freed.run();
    }

    /** Takes nothing more and waits for all that was submitted; what has not ended by then is cancelled. */
    public void close(Duration patience) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Work<?> work : unfinished) {
                awaitEnd(work, end - System.nanoTime());
            }
        } finally {
            unfinished.forEach(work -> work.cancel(true));
            gauges.forEach(meters::remove);
        }
    }

    private static void awaitEnd(Future<?> one, long nanos) throws InterruptedException {
        try {
            one.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            // How it ended is between the future and whoever submitted it.
        }
    }
}
