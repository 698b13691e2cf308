package dev.breakwater.benchmarks;

import java.util.List;
import java.util.function.Consumer;

/**
 * Something of ours alone, measured against figures that it promises. It may have options of its own, as picocli's
 * annotations tell.
 */
public interface Trial {

    /** What {@code --only} calls it. */
    String name();

    /** What is measured, in half a sentence. */
    String question();

    /** @param progress is told what is going on, a line at a time */
    List<Finding> run(Consumer<String> progress) throws Exception;
}
