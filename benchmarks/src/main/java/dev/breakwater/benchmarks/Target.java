package dev.breakwater.benchmarks;

import java.math.BigDecimal;

/** What a ratio shall be. */
public sealed interface Target {

    /** More is better. */
    record AtLeast(double ratio) implements Target {}

    /** Less is better. */
    record AtMost(double ratio) implements Target {}

    /** It is told and kept, and nothing is demanded; more is better. */
    record Told() implements Target {}

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
            case Told _ -> true;
        };
    }

    /** Whether a ratio lies further outside of what it once was than {@code tolerance}, on the bad side. */
    default boolean isWorse(Spread now, Spread kept, double tolerance) {
        return switch (this) {
            case AtLeast _, Told _ -> now.median() < kept.min() * (1 - tolerance);
            case AtMost _ -> now.median() > kept.max() * (1 + tolerance);
        };
    }

    default String text() {
        return switch (this) {
            case AtLeast(var least) -> "≥ " + plain(least);
            case AtMost(var most) -> "≤ " + plain(most);
            case Told _ -> "";
        };
    }

    private static String plain(double ratio) {
        return BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString() + " ×";
    }
}
