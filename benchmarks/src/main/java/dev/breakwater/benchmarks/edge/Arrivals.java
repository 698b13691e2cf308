package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.http.KeptConnections;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Callers who come at a rate, by turns to each of several gateways, whatever those answer, until this is closed. */
final class Arrivals implements AutoCloseable {

    /** What the edge cache does not answer. */
    static final String PATH = "/api/v1/products?category=limits";

    private static final byte[] REQUEST = KeptConnections.get(PATH);
    private static final int REFUSED = 429;

    private final List<KeptConnections> gateways;
    private final Thread arrivals;
    /** So that a gateway that stands still for a moment does not use up the files of this process. */
    private static final int MOST_AT_ONCE = 500;

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final AtomicInteger turns = new AtomicInteger();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unsent = new LongAdder();
    private long began = System.nanoTime();
    private volatile boolean over;

    /**
     * What was answered in some time.
     *
     * @param unsent callers who were not let through to a gateway, for too many were there already
     */
    record Window(long nanos, long admitted, long refused, long failed, long unsent) {

        double admittedPerSecond() {
            return admitted * 1e9 / nanos;
        }

        double answeredPerSecond() {
            return (admitted + refused + failed) * 1e9 / nanos;
        }
    }

    Arrivals(List<Integer> ports, int perMilli) {
        gateways = ports.stream().map(KeptConnections::new).toList();
        arrivals = Thread.ofPlatform().name("flood").start(() -> new OpenLoop(perMilli).come(_ -> !over, _ -> call()));
    }

    private void call() {
        if (!places.tryAcquire()) {
            unsent.increment();
            return;
        }
        try {
            var turn = Integer.remainderUnsigned(turns.getAndIncrement(), gateways.size());
            switch (gateways.get(turn).call(REQUEST).status()) {
                case 200 -> admitted.increment();
                case REFUSED -> refused.increment();
                default -> failed.increment();
            }
        } catch (IOException | RuntimeException e) {
            failed.increment();
        } finally {
            places.release();
        }
    }

    /** Ends a window and begins the next. */
    Window next() {
        var now = System.nanoTime();
        var window = new Window(
                now - began,
                admitted.sumThenReset(),
                refused.sumThenReset(),
                failed.sumThenReset(),
                unsent.sumThenReset());
        began = now;
        return window;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        over = true;
        arrivals.join();
        for (var gateway : gateways) {
            gateway.close();
        }
    }
}
