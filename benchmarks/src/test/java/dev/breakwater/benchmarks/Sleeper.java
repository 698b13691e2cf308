package dev.breakwater.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A benchmark without servers: the sides report so much a second as their pool size makes them. */
record Sleeper(String name, Duration warmUp, Contender subject, Contender peer) implements Benchmark {

    Sleeper(String name, Contender subject, Contender peer) {
        this(name, Duration.ZERO, subject, peer);
    }

    static Sleeper named(String name) {
        return new Sleeper(name, doing("ours", size -> 400, 1), doing("theirs", size -> 100, 1));
    }

    static Contender doing(String name, IntUnaryOperator perSecondByPoolSize, Integer... poolSizes) {
        return new Contender(
                name, List.of(poolSizes), size -> new Steady(perSecondByPoolSize.applyAsInt(size), List.of()));
    }

    static Contender leaving(String violation) {
        return new Contender("careless", List.of(1), size -> new Steady(100, List.of(violation)));
    }

    @Override
    public String question() {
        return "nothing in particular";
    }

    @Override
    public String things() {
        return "naps";
    }

    @Override
    public Target target() {
        return Target.atLeast(3);
    }

    private record Steady(int perSecond, List<String> violations) implements Side {

        @Override
        public Round run(Duration length) {
            return Round.inBulk(perSecond * length.toSeconds(), length);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
