package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The moment by which a call must be answered: what its client allows, and at most what its route allows. */
public final class Deadline {

    public static final String HEADER = "X-Request-Deadline-Ms";

    private static final String ATTRIBUTE = Deadline.class.getName();
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0*[1-9][0-9]*");

    /** More digits than any route's limit has milliseconds, and still a {@code long}. */
    private static final int LONGEST_NUMBER = 15;

    private final long endNanos;

    private Deadline(Duration left) {
        this.endNanos = System.nanoTime() + left.toNanos();
    }

    /** Starts the clock of a request. 400 {@code invalid_deadline} if its header is not a positive whole number. */
    public static Deadline begin(HttpServletRequest request, Duration limit) {
        var deadline = new Deadline(shorter(request.getHeader(HEADER), limit));
        request.setAttribute(ATTRIBUTE, deadline);
        return deadline;
    }

    static Deadline of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Deadline deadline) {
            return deadline;
        }
        throw new IllegalStateException("the route began no deadline");
    }

    /** 504 {@code deadline_exceeded} if nothing is left. */
    public Duration left() {
        var left = endNanos - System.nanoTime();
        if (left < TimeUnit.MILLISECONDS.toNanos(1)) {
            throw exceeded();
        }
        return Duration.ofNanos(left);
    }

    public static ProblemException exceeded() {
        return ProblemException.of(
                HttpStatus.GATEWAY_TIMEOUT,
                "deadline_exceeded",
                "The answer did not arrive in time. Whether the call had an effect is not known.");
    }

    static Duration shorter(@Nullable String header, Duration limit) {
        if (header == null) {
            return limit;
        }
        if (!WHOLE_NUMBER.matcher(header).matches()) {
            throw ProblemException.badRequest(
                    "invalid_deadline", HEADER + " must be a positive whole number of milliseconds.");
        }
        var digits = header.replaceFirst("^0+", "");
        if (digits.length() > LONGEST_NUMBER) {
            return limit;
        }
        var asked = Duration.ofMillis(Long.parseLong(digits));
        return asked.compareTo(limit) < 0 ? asked : limit;
    }
}
