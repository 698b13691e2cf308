package dev.breakwater.platform.batching;

/**
 * The bounds of an {@link IngestBatch}.
 *
 * @param writers batches written at the same time, and as many single items that failed in one; at least 1
 * @param size items in a batch, at least 1; with 1 nothing is shared
 * @param queue items that wait for a writer; one more is refused at once
 */
public record BatchLimits(int writers, int size, int queue) {

    /** @throws IllegalArgumentException when one of them is out of bounds */
    public BatchLimits {
        if (writers < 1 || size < 1 || queue < 0) {
            throw new IllegalArgumentException("at least 1 writer, batches of at least 1 and a queue of at least 0: "
                    + writers + ", " + size + ", " + queue);
        }
    }
}
