package dev.breakwater.order.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic was read. Those who want to know that all of it was are answered together: one question to Kafka
 * serves everybody who came before it was asked.
 */
final class Progress {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Asks where the partitions end. */
    @FunctionalInterface
    interface Ends {
        Map<TopicPartition, Long> ask() throws NotAskedException;
    }

    private final Ends ends;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private @Nullable CompletableFuture<Void> nextRound;
    private boolean asking;

    Progress(Ends ends) {
        this.ends = ends;
    }

    /** The reader has come to this offset, and what stands before it can be found. */
    synchronized void reached(TopicPartition partition, long offset) {
        if (!Long.valueOf(offset).equals(positions.put(partition, offset))) {
            notifyAll();
        }
    }

    /** Where to go on; empty if nothing was read. */
    synchronized Optional<Long> next(TopicPartition partition) {
        return Optional.ofNullable(positions.get(partition));
    }

    void catchUp() throws NotAskedException {
        try {
            round().get(2 * LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotAskedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAskedException(e);
        }
    }

    /** The round that has not begun: what is in the topic now, it will see. */
    private synchronized CompletableFuture<Void> round() {
        var mine = nextRound;
        if (mine == null) {
            mine = new CompletableFuture<>();
            nextRound = mine;
            if (!asking) {
                asking = true;
                Thread.ofVirtual().name("intake-progress").start(this::askInRounds);
            }
        }
        return mine;
    }

    private void askInRounds() {
        for (var round = take(); round != null; round = take()) {
            try {
                await(ends.ask());
                round.complete(null);
            } catch (NotAskedException | RuntimeException e) {
                round.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                round.completeExceptionally(e);
            }
        }
    }

    private synchronized @Nullable CompletableFuture<Void> take() {
        var round = nextRound;
        nextRound = null;
        asking = round != null;
        return round;
    }

    private synchronized void await(Map<TopicPartition, Long> reached) throws InterruptedException, NotAskedException {
        var until = System.nanoTime() + LONGEST.toNanos();
        while (!isAt(reached)) {
            var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new NotAskedException(new TimeoutException("the index is behind"));
            }
            wait(left);
        }
    }

    private boolean isAt(Map<TopicPartition, Long> reached) {
        return reached.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }
}
