package dev.breakwater.platform.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of a {@link RetryBudget}.
 *
 * @param share how many retries there may be for each call, 0 to 1
 * @param perSecond how many more there may be in a second, so that a caller with few calls may retry at all
 * @param window over which both are reckoned; what was not used in it may be used in a burst, and is lost after it
 */
public record RetryBudgetSettings(
        @DefaultValue("0.1") double share,
        @DefaultValue("5") double perSecond,
        @DefaultValue("10s") Duration window) {

    /** @throws IllegalArgumentException when one is out of bounds */
    public RetryBudgetSettings {
        if (!(share >= 0 && share <= 1 && perSecond >= 0 && window.isPositive())) {
            throw new IllegalArgumentException("0 <= share <= 1, 0 <= perSecond, 0 < window is not so: %s, %s, %s"
                    .formatted(share, perSecond, window));
        }
    }
}
