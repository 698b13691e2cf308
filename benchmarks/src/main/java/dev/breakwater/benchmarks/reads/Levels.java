package dev.breakwater.benchmarks.reads;

import io.micrometer.core.instrument.MeterRegistry;

/** How many reads each level of the cache called {@code zipf} has answered, from its own metrics. */
record Levels(MeterRegistry meters, ProductRows source) {

    /**
     * @param reads of all kinds
     * @param local answered from memory
     * @param waited loads from the source that a reader waited for
     * @param loads from the source, those ahead of time included
     */
    record Counts(double reads, double local, double waited, double loads) {

        Counts since(Counts before) {
            return new Counts(reads - before.reads, local - before.local, waited - before.waited, loads - before.loads);
        }

        double inMemory() {
            return local / reads;
        }

        double atEitherLevel() {
            return 1 - waited / reads;
        }

        double loaded() {
            return loads / reads;
        }

        String text() {
            return "%,.0f reads, %s from memory, %s from memory or Redis, %s loaded"
                    .formatted(
                            reads,
                            ZipfTrial.percent(inMemory()),
                            ZipfTrial.percent(atEitherLevel()),
                            ZipfTrial.percent(loaded()));
        }
    }

    Counts now() {
        var hits = localGets("hit");
        return new Counts(hits + localGets("miss"), hits, source.waitedFor(), source.loads());
    }

    private double localGets(String result) {
        return meters.get("cache.gets")
                .tags("level", "local", "result", result)
                .counter()
                .count();
    }
}
