package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment by which a call must be answered: what its client allows, and at most what its route allows. */
public final class Deadline {

    private static final String ATTRIBUTE = Deadline.class.getName();

    private final long endNanos;
    private final boolean shortened;

    private Deadline(Duration left, boolean shortened) {
        this.endNanos = System.nanoTime() + left.toNanos();
        this.shortened = shortened;
    }

    /** Starts the clock of a request. 400 {@code invalid_deadline} if its header is not a positive whole number. */
    public static Deadline begin(HttpServletRequest request, Duration limit) {
        var left = RequestDeadline.left(request.getHeader(RequestDeadline.HEADER), limit);
        var deadline = new Deadline(left, left.compareTo(limit) < 0);
        request.setAttribute(ATTRIBUTE, deadline);
        return deadline;
    }

    /** For a call that no client waits for alone. */
    public static Deadline in(Duration left) {
        return new Deadline(left, false);
    }

    static Deadline of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Deadline deadline) {
            return deadline;
        }
        throw new IllegalStateException("the route began no deadline");
    }

    /** Whether its client allows less than its route does. */
    boolean isShortened() {
        return shortened;
    }

    /** 504 {@code deadline_exceeded} if nothing is left. */
    public Duration left() {
        var left = endNanos - System.nanoTime();
        if (left < TimeUnit.MILLISECONDS.toNanos(1)) {
            throw exceeded();
        }
        return Duration.ofNanos(left);
    }

    boolean isOver() {
        return System.nanoTime() - endNanos >= 0;
    }

    public static ProblemException exceeded() {
        return RequestDeadline.exceeded();
    }
}
