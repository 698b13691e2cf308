package dev.breakwater.benchmarks;

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

    /** Ours. */
    Contender subject();

    /** What everybody else does, in its best configuration. */
    Contender peer();
}
