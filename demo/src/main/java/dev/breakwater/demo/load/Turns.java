package dev.breakwater.demo.load;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers the orders, and says when there is none left to place. */
final class Turns {

    private final Plan plan;
    private final AtomicInteger next = new AtomicInteger();
    private final long started = System.nanoTime();

    Turns(Plan plan) {
        this.plan = plan;
    }

    /** Empty when the plan is fulfilled. */
    OptionalInt next() {
        var length = plan.length();
        if (length != null && elapsed() >= length.toNanos()) {
            return OptionalInt.empty();
        }
        var number = next.getAndIncrement();
        return length == null && number >= plan.orders() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    ProgressBar bar() {
        var length = plan.length();
        return length == null
                ? new ProgressBar(System.out, plan.orders(), "orders")
                : new ProgressBar(System.out, (int) length.toSeconds(), "s");
    }

    /** In the unit of the bar. */
    int progress(int done) {
        var length = plan.length();
        return length == null ? done : (int) (Math.min(elapsed(), length.toNanos()) / 1_000_000_000);
    }

    private long elapsed() {
        return System.nanoTime() - started;
    }
}
