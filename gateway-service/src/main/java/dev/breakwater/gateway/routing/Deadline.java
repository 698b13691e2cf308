package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment by which a call must be answered: what its client allows, and at most what its route allows. */
public final class Deadline {

    /** What is not answered by then is slow, whatever its client allows. */
    private static final Duration SLOW = Duration.ofMillis(800);

    private final long endNanos;
    private final boolean hurried;

    private Deadline(long endNanos, boolean hurried) {
        this.endNanos = endNanos;
        this.hurried = hurried;
    }

    /**
     * Counted from the request's arrival. 400 {@code invalid_deadline} if its header is not a positive whole number.
     */
    public static Deadline begin(HttpServletRequest request, Duration limit) {
        var asked = RequestDeadline.left(request.getHeader(RequestDeadline.HEADER), limit);
        return new Deadline(
                RequestDeadline.arrival(request) + asked.toNanos(),
                asked.compareTo(limit) < 0 && asked.compareTo(SLOW) < 0);
    }

    /** For a call that no client waits for alone. */
    public static Deadline in(Duration left) {
        return new Deadline(System.nanoTime() + left.toNanos(), false);
    }

    /** Whether its client allows so little that who misses it may be well. */
    boolean isHurried() {
        return hurried;
    }

    /** 504 {@code deadline_exceeded} if nothing is left. */
    public Duration left() {
        var left = endNanos - System.nanoTime();
        if (left < TimeUnit.MILLISECONDS.toNanos(1)) {
            throw RequestDeadline.exceeded("The time was over before the gateway had passed the call on.");
        }
        return Duration.ofNanos(left);
    }

    boolean isOver() {
        return System.nanoTime() - endNanos >= 0;
    }

    public static ProblemException exceeded(String service) {
        return RequestDeadline.exceeded(
                "The %s did not answer in time. Whether the call had an effect is not known.".formatted(service));
    }
}
