package dev.breakwater.platform.batching;

import java.util.List;

/** Writes a batch, all or nothing. Called from several threads at once, each time with other items. */
@FunctionalInterface
public interface BatchWriter<T, R> {

    /**
     * Returns after the commit, with one result for each item, in their order. What is wrong with a single item is a
     * result; an exception says that nothing of the batch was written, or that nobody knows.
     *
     * @param items at least one
     */
    List<R> write(List<T> items);

    /**
     * Writes an item that failed in a batch, and may take its time: a writer that refuses in a batch to wait for others
     * waits here.
     */
    default R writeAlone(T item) {
        return write(List.of(item)).getFirst();
    }
}
