package dev.breakwater.benchmarks;

import java.time.Duration;
import java.util.List;

/** A contender, ready to run. */
public interface Side extends AutoCloseable {

    /**
     * Works for about this long and says what was done. What prepares a round is not part of the time it reports. A
     * {@link ClosedLoop} does this for what is called.
     */
    Round run(Duration length) throws Exception;

    /** What is wrong with the data it left, a sentence each; asked once, before it is closed. */
    List<String> violations() throws Exception;

    /** What else it found, half a sentence each; asked once, before it is closed. */
    default List<String> notes() {
        return List.of();
    }

    @Override
    void close() throws Exception;
}
