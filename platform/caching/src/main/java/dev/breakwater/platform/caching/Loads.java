package dev.breakwater.platform.caching;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One load a key at a time: who comes while it runs waits for it. */
final class Loads<T> {

    private final ConcurrentHashMap<String, CompletableFuture<T>> running = new ConcurrentHashMap<>();
    private final Duration longest;

    Loads(Duration longest) {
        this.longest = longest;
    }

    /**
     * Loads, or waits for who does.
     *
     * @throws LoadTimedOutException when the other one does not come to an end
     * @throws RuntimeException what the load throws, in every caller
     */
    T share(String key, Supplier<T> load) {
        var mine = new CompletableFuture<T>();
        var theirs = running.putIfAbsent(key, mine);
        return theirs == null ? run(key, mine, load) : await(key, theirs);
    }

    boolean isRunning(String key) {
        return running.containsKey(key);
    }

    /** Whoever comes from now on loads anew: what is being loaded may be old. */
    void disown(String key) {
        running.remove(key);
    }

    private T run(String key, CompletableFuture<T> mine, Supplier<T> load) {
        try {
            var loaded = load.get();
            mine.complete(loaded);
            return loaded;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key, mine);
        }
    }

    private T await(String key, CompletableFuture<T> theirs) {
        try {
            return theirs.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LoadTimedOutException(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadTimedOutException(key);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        }
    }
}
