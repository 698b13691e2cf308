package dev.breakwater.platform.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of an {@link AdaptiveLimit}.
 *
 * @param min never fewer calls at a time than this, at least 1: what the limit knows of a dependency it knows from
 *     calls
 * @param max never more: under a backlog without end the limit creeps up as long as latency bears it, so this is the
 *     number that the dependency was promised
 * @param initial where it begins; low, for a start is when nothing is warm
 * @param longWindow over how many windows the latency is averaged that counts as normal, at least 10. 200 windows are
 *     20 s or more: long against a burst, short enough to take a dependency that stays slow as it now is
 * @param droppedAs what a dropped call at least counts as. Longer than the calls' time-out, for what was cut off would
 *     have taken longer still, and what is refused at once must not pass for a quick answer
 */
public record AdaptiveLimitSettings(
        @DefaultValue("8") int min,
        @DefaultValue("64") int max,
        @DefaultValue("16") int initial,
        @DefaultValue("200") int longWindow,
        @DefaultValue("2s") Duration droppedAs) {

    /** The library averages the first ten windows evenly. */
    private static final int SHORTEST_LONG_WINDOW = 10;

    /** @throws IllegalArgumentException when one is out of bounds */
    public AdaptiveLimitSettings {
        if (min < 1 || initial < min || max < initial) {
            throw new IllegalArgumentException(
                    "1 <= min <= initial <= max is not so: %d, %d, %d".formatted(min, initial, max));
        }
        if (longWindow < SHORTEST_LONG_WINDOW) {
            throw new IllegalArgumentException(
                    "longWindow is at least %d: %d".formatted(SHORTEST_LONG_WINDOW, longWindow));
        }
        if (!droppedAs.isPositive()) {
            throw new IllegalArgumentException("droppedAs is longer than nothing: " + droppedAs);
        }
    }
}
