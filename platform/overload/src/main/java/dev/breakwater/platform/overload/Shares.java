package dev.breakwater.platform.overload;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of a limit each {@link Priority} may use; {@link Priority#PLACING} all of it. What a priority may not use is
 * free for those above it at any time, even in the moment when a flood of its own calls arrives, so the steps have to
 * hold what those above send until one of the others ends: calls that began together end together, and the moment after
 * that the flood has taken all that it may. (With 0.7 for browsing a tenth of the placements found no room;
 * {@code ./breakwater bench edge --only goodput}.) More than half for browsing, because a limit that is used to less
 * than half does not grow.
 *
 * @param status the share of {@link Priority#STATUS}, at most 1
 * @param browsing the share of {@link Priority#BROWSING}, at most that of status
 * @param exports the share of {@link Priority#EXPORTS}, at most that of browsing and more than 0
 */
public record Shares(
        @DefaultValue("0.75") double status,
        @DefaultValue("0.55") double browsing,
        @DefaultValue("0.4") double exports) {

    /** @throws IllegalArgumentException when a lower priority had the larger share */
    public Shares {
        if (!(exports > 0 && exports <= browsing && browsing <= status && status <= 1)) {
            throw new IllegalArgumentException("0 < exports <= browsing <= status <= 1 is not so: %s, %s, %s"
                    .formatted(exports, browsing, status));
        }
    }

    public double of(Priority priority) {
        return switch (priority) {
            case PLACING -> 1;
            case STATUS -> status;
            case BROWSING -> browsing;
            case EXPORTS -> exports;
        };
    }
}
