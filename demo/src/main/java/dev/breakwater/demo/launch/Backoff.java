package dev.breakwater.demo.launch;

import java.time.Duration;

/** How long to wait before a process that ended is started again: soon at first, then twice as long each time. */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** Who served this long is well again, and begins with the first delay. */
    static final Duration WELL_AGAIN = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /**
     * The delay after an end.
     *
     * @param served how long the process had been ready
     */
    Duration afterServing(Duration served) {
        if (served.compareTo(WELL_AGAIN) >= 0) {
            next = FIRST;
        }
        var delay = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return delay;
    }
}
