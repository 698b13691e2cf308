package dev.breakwater.benchmarks.workers;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The dependency, as a queueing station: so many servers, before them a queue without bound, exponential service times
 * (M/M/c without its arrivals). A caller that gives up is not noticed: what it asked for is worked at all the same, as
 * by most servers.
 */
final class Station {

    private final Queue<CompletableFuture<Void>> queue = new ArrayDeque<>();
    private final Random random = new Random(42);

    private Phase phase;
    private int busy;
    private long accountedUntil = System.nanoTime();
    private double busyNanos;
    private double capacityNanos;

    Station(Phase first) {
        phase = first;
    }

    /** Completes when the call has been served. */
    synchronized CompletableFuture<Void> call() {
        CompletableFuture<Void> served = new CompletableFuture<>();
        queue.add(served);
        serve();
        return served;
    }

    synchronized void enter(Phase next) {
        account();
        phase = next;
        serve();
    }

    /** The share of the servers' time that they were busy, since this was last asked. */
    synchronized double utilisation() {
        account();
        double share = busyNanos / capacityNanos;
        busyNanos = 0;
        capacityNanos = 0;
        return share;
    }

    private void serve() {
        while (busy < phase.servers() && !queue.isEmpty()) {
            account();
            busy++;
            CompletableFuture<Void> next = queue.remove();
            long nanos =
                    (long) (-Math.log(1 - random.nextDouble()) * phase.service().toNanos());
            Thread.ofVirtual().start(() -> work(next, nanos));
        }
    }

    private void work(CompletableFuture<Void> call, long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        synchronized (this) {
            account();
            busy--;
            serve();
        }
        call.complete(null);
    }

    private void account() {
        long now = System.nanoTime();
        // Those that were begun before servers were taken away finish their call; they are not more than all.
        busyNanos += (double) (now - accountedUntil) * Math.min(busy, phase.servers());
        capacityNanos += (double) (now - accountedUntil) * phase.servers();
        accountedUntil = now;
    }
}
