package dev.breakwater.benchmarks;

import java.time.Duration;

/** Two ways of doing one thing, and by how much the first shall be better. */
public interface Benchmark {

    /** What {@code --only} calls it. */
    String name();

    /** What is compared, in half a sentence. */
    String question();

    /** Of what a side does {@link Measure#THROUGHPUT so many a second}: {@code orders}, {@code rows}. */
    String things();

    default Measure measure() {
        return Measure.THROUGHPUT;
    }

    /** For the ratio subject ÷ peer. */
    Target target();

    /** How long each side runs before it is measured, at least; a round in any case. */
    default Duration warmUp() {
        return Duration.ZERO;
    }

    /**
     * Looks for what this machine must have besides a JDK.
     *
     * @throws dev.breakwater.platform.servers.CannotStartException says in a sentence what to install
     */
    default void requireTools() {}

    /** Ours. */
    Contender subject();

    /** What everybody else does, in its best configuration; opened after the subject. */
    Contender peer();
}
