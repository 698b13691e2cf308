package dev.breakwater.benchmarks;

import java.util.List;

/** The middle of several measurements, and how far they lie apart. */
public record Spread(double median, double min, double max) {

    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        var median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /** To hundredths, which is more than such a measurement knows. */
    Spread rounded() {
        return new Spread(rounded(median), rounded(min), rounded(max));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
