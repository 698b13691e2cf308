package dev.breakwater.order.pricing;

import dev.breakwater.platform.remote.CallDeadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Of all who want the same at the same time, one fetches it and the others wait for what that brings (the singleflight
 * of Go). Each has a deadline of its own: one who fetches and runs out of time takes nobody along.
 */
final class SingleFlight<K, V> {

    private final ConcurrentMap<K, Flight<V>> underWay = new ConcurrentHashMap<>();

    /** @param deadline of who fetches */
    private record Flight<V>(CallDeadline deadline, CompletableFuture<V> result) {}

    /**
     * @param fetch made by one caller at a time for each key
     * @return empty when the deadline passed before another's fetch had ended
     * @throws RuntimeException what the fetch throws, for all who waited for it
     */
    Optional<V> get(K key, CallDeadline deadline, Supplier<V> fetch) throws InterruptedException {
        while (true) {
            var mine = new Flight<V>(deadline, new CompletableFuture<>());
            var other = underWay.putIfAbsent(key, mine);
            if (other == null) {
                return Optional.of(fetched(key, mine, fetch));
            }
            try {
                return Optional.of(other.result.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                if (!other.deadline.hasPassed() && e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
            }
        }
    }

    private V fetched(K key, Flight<V> mine, Supplier<V> fetch) {
        try {
            var value = fetch.get();
            mine.result.complete(value);
            return value;
        } catch (Throwable e) {
            mine.result.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key, mine);
        }
    }
}
