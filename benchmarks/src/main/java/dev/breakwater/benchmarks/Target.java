package dev.breakwater.benchmarks;

import java.math.BigDecimal;

/** What a ratio shall be. */
public sealed interface Target {

    /** More is better. */
    record AtLeast(double ratio) implements Target {}

    /** Less is better. */
    record AtMost(double ratio) implements Target {}

    static Target atLeast(double ratio) {
        return new AtLeast(ratio);
    }

    static Target atMost(double ratio) {
        return new AtMost(ratio);
    }

    default boolean isReachedBy(Spread ratio) {
        return switch (this) {
            case AtLeast(var least) -> ratio.median() >= least;
            case AtMost(var most) -> ratio.median() <= most;
        };
    }

    /** Whether a ratio lies further outside of what it once was than {@code tolerance}, on the bad side. */
    default boolean isWorse(Spread now, Spread kept, double tolerance) {
        return switch (this) {
            case AtLeast _ -> now.median() < kept.min() * (1 - tolerance);
            case AtMost _ -> now.median() > kept.max() * (1 + tolerance);
        };
    }

    default String text() {
        return switch (this) {
            case AtLeast(var least) -> "≥ " + plain(least);
            case AtMost(var most) -> "≤ " + plain(most);
        };
    }

    private static String plain(double ratio) {
        return BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString() + " ×";
    }
}
