package dev.breakwater.platform.web.exchange;

import dev.breakwater.platform.web.problem.ProblemException;
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

    private RequestDeadline() {}

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
