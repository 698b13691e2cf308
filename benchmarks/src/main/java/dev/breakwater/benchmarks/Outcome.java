package dev.breakwater.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark found.
 *
 * @param ratio of the ratios subject ÷ peer of each round, not of the medians
 * @param violations what is wrong with the data that was left; figures of wrong data are worth nothing
 * @param notes what else the sides found
 */
record Outcome(
        Benchmark benchmark,
        Standing subject,
        Standing peer,
        Spread ratio,
        List<String> violations,
        List<String> notes) {

    /**
     * How one side did over all rounds.
     *
     * @param poolSize of the database, where several were tried
     * @param micros of all calls of all rounds
     */
    record Standing(String name, @Nullable Integer poolSize, Spread values, Histogram micros) {

        static Standing of(Contender contender, int poolSize, Measure measure, List<Round> rounds) {
            var micros = new Histogram(3);
            rounds.forEach(round -> micros.add(round.micros()));
            return new Standing(
                    contender.name(),
                    contender.poolSizes().size() > 1 ? poolSize : null,
                    Spread.of(rounds.stream().map(measure::of).toList()),
                    micros);
        }
    }

    static Spread ratio(Measure measure, List<Round> subject, List<Round> peer) {
        var ratios = new ArrayList<Double>();
        for (var i = 0; i < subject.size(); i++) {
            ratios.add(measure.of(subject.get(i)) / measure.of(peer.get(i)));
        }
        return Spread.of(ratios);
    }

    boolean isReached() {
        return benchmark.target().isReachedBy(ratio);
    }
}
