package dev.breakwater.order.overview;

import dev.breakwater.platform.remote.CallDeadline;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subtasks of one call, each on a virtual thread of its own, in the trace and within the deadline of that call. None of
 * them outlives it: {@link #close} interrupts what has not ended and returns when the last one has.
 *
 * <p>What StructuredTaskScope is for, which is a preview in JDK 25 (JEP 505).
 */
final class SideBySide implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SideBySide.class);
    private static final ContextSnapshotFactory CONTEXTS =
            ContextSnapshotFactory.builder().build();

    private final CallDeadline deadline;
    private final ContextSnapshot context = CONTEXTS.captureAll();
    private final List<Future<?>> subtasks = new ArrayList<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("overview-", 0).factory());

    SideBySide(CallDeadline deadline) {
        this.deadline = deadline;
    }

    void fork(Runnable work) {
        subtasks.add(threads.submit(context.wrap(() -> deadline.during(() -> {
            work.run();
            return true;
        }))));
    }

    /** Waits until all have ended or the deadline has passed. */
    void join() throws InterruptedException {
        for (var subtask : subtasks) {
            try {
                subtask.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return;
            } catch (ExecutionException e) {
                // Nobody foresaw it; what it would have brought is missing.
                log.error("part of an overview failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
