package dev.breakwater.benchmarks;

/** What is compared. */
public enum Measure {
    /** Things a second; more is better. */
    THROUGHPUT {
        @Override
        double of(Round round) {
            return round.perSecond();
        }

        @Override
        String unit(String things) {
            return things + "/s";
        }

        @Override
        boolean isBetter(double one, double other) {
            return one > other;
        }
    },
    /** The 99th percentile of a call, in milliseconds; less is better. */
    P99 {
        @Override
        double of(Round round) {
            return round.percentileMillis(99);
        }

        @Override
        String unit(String things) {
            return "ms p99";
        }

        @Override
        boolean isBetter(double one, double other) {
            return one < other;
        }
    };

    abstract double of(Round round);

    abstract String unit(String things);

    abstract boolean isBetter(double one, double other);
}
