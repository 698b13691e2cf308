package dev.breakwater.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs a benchmark: finds each side's best pool size, warms both up, and lets them run by turns, so that whatever else
 * the machine does falls on both. Who begins changes from round to round.
 */
final class Contest {

    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(2);

    private final int runs;
    private final Duration length;
    private final Runnable settle;
    private final Consumer<String> progress;

    Contest(int runs, Duration length, Runnable settle, Consumer<String> progress) {
        this.runs = runs;
        this.length = length;
        this.settle = settle;
        this.progress = progress;
    }

    Outcome run(Benchmark benchmark) throws Exception {
        benchmark.requireTools();
        var violations = new ArrayList<String>();
        var notes = new ArrayList<String>();
        var subjectPool = bestPoolSize(benchmark, benchmark.subject(), violations);
        var peerPool = bestPoolSize(benchmark, benchmark.peer(), violations);
        var ours = new ArrayList<Round>();
        var theirs = new ArrayList<Round>();
        try (var subject = benchmark.subject().opening().open(subjectPool);
                var peer = benchmark.peer().opening().open(peerPool)) {
            warmUp(benchmark, length, subject, peer);
            for (var round = 0; round < runs; round++) {
                if (round % 2 == 0) {
                    ours.add(settled(subject));
                    theirs.add(settled(peer));
                } else {
                    theirs.add(settled(peer));
                    ours.add(settled(subject));
                }
                tell(benchmark, round, ours.getLast(), theirs.getLast());
            }
            judge(benchmark.subject(), subject, violations);
            judge(benchmark.peer(), peer, violations);
            subject.notes().forEach(note -> notes.add(benchmark.subject().name() + ": " + note));
            peer.notes().forEach(note -> notes.add(benchmark.peer().name() + ": " + note));
        }
        var measure = benchmark.measure();
        return new Outcome(
                benchmark,
                Outcome.Standing.of(benchmark.subject(), subjectPool, measure, ours),
                Outcome.Standing.of(benchmark.peer(), peerPool, measure, theirs),
                Outcome.ratio(measure, ours, theirs),
                violations,
                notes);
    }

    private int bestPoolSize(Benchmark benchmark, Contender contender, List<String> violations) throws Exception {
        var best = contender.poolSizes().getFirst();
        if (contender.poolSizes().size() == 1) {
            return best;
        }
        var measure = benchmark.measure();
        var trial = length.compareTo(LONGEST_TRIAL) < 0 ? length : LONGEST_TRIAL;
        var bestValue = Double.NaN;
        for (var size : contender.poolSizes()) {
            try (var side = contender.opening().open(size)) {
                // The first size would otherwise be judged by code not compiled yet.
                warmUp(benchmark, trial, side);
                settle.run();
                var value = measure.of(side.run(trial));
                judge(contender, side, violations);
                say(benchmark, "%s with %d connections: %s", contender.name(), size, inUnit(benchmark, value));
                if (Double.isNaN(bestValue) || measure.isBetter(value, bestValue)) {
                    best = size;
                    bestValue = value;
                }
            }
        }
        if (best.equals(contender.poolSizes().getLast())) {
            say(benchmark, "%s: the largest pool tried was the best; a larger one may be better", contender.name());
        }
        return best;
    }

    /** By turns as well: a side that is left alone for a minute finds its connections closed. */
    private void warmUp(Benchmark benchmark, Duration piece, Side... sides) throws Exception {
        for (var left = atLeast(piece, benchmark.warmUp()); left.isPositive(); left = left.minus(piece)) {
            say(benchmark, "warming up, %d s a side left", left.toSeconds());
            for (var side : sides) {
                warmUp(side, piece);
            }
        }
    }

    private static Duration atLeast(Duration least, Duration asked) {
        return asked.compareTo(least) < 0 ? least : asked;
    }

    private static void warmUp(Side side, Duration time) throws Exception {
        if (side.run(time).done() == 0) {
            throw new IllegalStateException("nothing was done in %d s of warming up".formatted(time.toSeconds()));
        }
    }

    private Round settled(Side side) throws Exception {
        settle.run();
        return side.run(length);
    }

    private static void judge(Contender contender, Side side, List<String> violations) throws Exception {
        side.violations().forEach(violation -> violations.add(contender.name() + ": " + violation));
    }

    private void tell(Benchmark benchmark, int round, Round ours, Round theirs) {
        var measure = benchmark.measure();
        say(
                benchmark,
                "round %d of %d: %s %s, %s %s, ratio %.2f",
                round + 1,
                runs,
                benchmark.subject().name(),
                inUnit(benchmark, measure.of(ours)),
                benchmark.peer().name(),
                inUnit(benchmark, measure.of(theirs)),
                measure.of(ours) / measure.of(theirs));
    }

    private static String inUnit(Benchmark benchmark, double value) {
        return Numbers.text(value) + " " + benchmark.measure().unit(benchmark.things());
    }

    private void say(Benchmark benchmark, String format, Object... values) {
        progress.accept(benchmark.name() + ": " + String.format(Locale.ROOT, format, values));
    }
}
