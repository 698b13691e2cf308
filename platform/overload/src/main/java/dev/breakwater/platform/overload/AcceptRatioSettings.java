package dev.breakwater.platform.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an {@link AcceptRatioThrottle} holds back.
 *
 * @param ratio K: how many calls are sent for each that is accepted, more than 1. The lower, the less a service in
 *     trouble has to refuse, and the later its caller notices that it is not in trouble any more
 * @param window over which calls are counted
 * @param leastPerSecond as long as fewer calls come in a second, on the average of the window, none is held back: they
 *     are not what overloads anybody, and a ratio of few says little
 * @param mostRefused at most this share is held back, 0 to 1, so that a service which was away altogether is found
 *     again before the window is over
 */
public record AcceptRatioSettings(
        @DefaultValue("2") double ratio,
        @DefaultValue("2m") Duration window,
        @DefaultValue("10") double leastPerSecond,
        @DefaultValue("0.9") double mostRefused) {

    /** @throws IllegalArgumentException when one is out of bounds */
    public AcceptRatioSettings {
        if (!(ratio > 1 && window.isPositive() && leastPerSecond >= 0 && mostRefused >= 0 && mostRefused <= 1)) {
            throw new IllegalArgumentException(
                    "1 < ratio, 0 < window, 0 <= leastPerSecond, 0 <= mostRefused <= 1 is not so: %s, %s, %s, %s"
                            .formatted(ratio, window, leastPerSecond, mostRefused));
        }
    }
}
