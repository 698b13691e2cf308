package dev.breakwater.platform.web.exchange;

import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** How much time a client, or the service before this one, leaves for the answer. */
public final class RequestDeadline {

    public static final String HEADER = "X-Request-Deadline-Ms";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0*[1-9][0-9]*");
    private static final Pattern NOTHING_LEFT = Pattern.compile("0+|-[0-9]+");

    /** More digits than any limit has milliseconds, and still a {@code long}. */
    private static final int LONGEST_NUMBER = 15;

    /** More than any route has. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final String ARRIVAL = RequestDeadline.class.getName() + ".arrival";

    private RequestDeadline() {}

    /** Called once, by the outermost filter. */
    static void arrived(ServletRequest request, long nanoTime) {
        request.setAttribute(ARRIVAL, nanoTime);
    }

    /**
     * When the request came, in the time of {@link System#nanoTime}: a deadline is counted from there, so that what the
     * request waited for before its route was found is taken off.
     */
    public static long arrival(ServletRequest request) {
        return request.getAttribute(ARRIVAL) instanceof Long nanoTime ? nanoTime : System.nanoTime();
    }

    /**
     * What is left now of what the request's header leaves, and at most of the limit.
     *
     * @throws ProblemException 504 {@code deadline_exceeded} if nothing is; 400 {@code invalid_deadline}
     */
    public static Duration left(HttpServletRequest request, Duration limit) {
        var left = left(request.getHeader(HEADER), limit).minusNanos(System.nanoTime() - arrival(request));
        if (left.isNegative() || left.isZero()) {
            throw exceeded();
        }
        return left;
    }

    /** Whether the client waits no longer; a header that cannot be read is for others to refuse. */
    public static boolean hasPassed(HttpServletRequest request) {
        var header = request.getHeader(HEADER);
        return isMetAtOnce(header)
                && header != null
                && left(header, LONGEST).toNanos() <= System.nanoTime() - arrival(request);
    }

    /**
     * What the header leaves, and at most the limit.
     *
     * @throws ProblemException 400 {@code invalid_deadline} if the header is not a positive whole number
     */
    public static Duration left(@Nullable String header, Duration limit) {
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

    /** Whether an answer that is there needs no look at the clock: there is no header, or a usual one. */
    static boolean isMetAtOnce(@Nullable String header) {
        return header == null
                || (!header.startsWith("0") && WHOLE_NUMBER.matcher(header).matches());
    }

    /** Whether nothing is left: who asked has given up, and what is done now is done for nobody. */
    public static boolean isOver(@Nullable String header) {
        return header != null && NOTHING_LEFT.matcher(header).matches();
    }

    /** 504 {@code deadline_exceeded} for a call of which nobody knows what it did. */
    public static ProblemException exceeded() {
        return exceeded("The answer did not arrive in time. Whether the call had an effect is not known.");
    }

    public static ProblemException exceeded(String detail) {
        return ProblemException.of(HttpStatus.GATEWAY_TIMEOUT, "deadline_exceeded", detail);
    }
}
