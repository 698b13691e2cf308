package dev.breakwater.benchmarks;

import java.util.Locale;

/** As much of a measured number as can be meant: whole ones from a hundred up, three digits below. */
final class Numbers {

    private Numbers() {}

    static String text(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
