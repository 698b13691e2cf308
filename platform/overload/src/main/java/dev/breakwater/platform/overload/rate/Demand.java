package dev.breakwater.platform.overload.rate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How many calls come in a certain time, those that are refused included: what an instance has use for. */
final class Demand {

    private final long window;
    private final AtomicLong calls = new AtomicLong();
    private long lastCalls;
    private long lastNanos;
    private double perNano;

    Demand(Duration window, long now) {
        this.window = window.toNanos();
        this.lastNanos = now;
    }

    void came() {
        calls.incrementAndGet();
    }

    /** Within the window; what came lately counts more, half of it from the last seven tenths of a window. */
    synchronized double withinWindow(long now) {
        var time = now - lastNanos;
        if (time > 0) {
            var count = calls.get();
            var latest = (double) (count - lastCalls) / time;
            perNano += (latest - perNano) * time / (time + window);
            lastCalls = count;
            lastNanos = now;
        }
        return perNano * window;
    }
}
