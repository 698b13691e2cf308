package dev.breakwater.platform.overload;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * A dependency of a few servers with a queue before them, and a caller with more work than the limit lets through; both
 * in simulated time, so that minutes pass at once and each run is the same. Service times are exponential. A call that
 * the caller gives up on is served all the same.
 */
final class SimulatedStation {

    private static final long DEADLINE = Duration.ofMillis(500).toNanos();

    private final Random random = new Random(1);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Queue<Call> queue = new ArrayDeque<>();
    private final Limiter<String> limiter;

    private long now = 1;
    private long numbers;
    private int servers;
    private double serviceNanos;
    private int busy;
    private Figures figures = new Figures(0, 0, 0);

    SimulatedStation(Limit limit) {
        limiter = SimpleLimiter.newBuilder().limit(limit).nanoClock(() -> now).build();
    }

    /** @param busyNanos of all servers together */
    record Figures(long good, long failed, long busyNanos) {

        double failedShare() {
            return (double) failed / (good + failed);
        }
    }

    private record Event(long at, long number, Runnable what) {}

    private static final class Call {
        private final Limiter.Listener place;
        private boolean ended;

        Call(Limiter.Listener place) {
            this.place = place;
        }
    }

    /** What happens from now on for so long. */
    Figures run(Duration length, int withServers, Duration meanService) {
        servers = withServers;
        serviceNanos = meanService.toNanos();
        figures = new Figures(0, 0, 0);
        long end = now + length.toNanos();
        callAsAllowed();
        serveAsPossible();
        while (!events.isEmpty() && events.peek().at() < end) {
            Event next = events.remove();
            figures = new Figures(figures.good, figures.failed, figures.busyNanos + busy * (next.at() - now));
            now = next.at();
            next.what().run();
        }
        return figures;
    }

    private void callAsAllowed() {
        Optional<Limiter.Listener> place = limiter.acquire("");
        while (place.isPresent()) {
            Call call = new Call(place.get());
            at(now + DEADLINE, () -> giveUp(call));
            queue.add(call);
            serveAsPossible();
            place = limiter.acquire("");
        }
    }

    private void serveAsPossible() {
        while (busy < servers && !queue.isEmpty()) {
            Call call = queue.remove();
            busy++;
            at(now + (long) (-Math.log(1 - random.nextDouble()) * serviceNanos), () -> served(call));
        }
    }

    private void served(Call call) {
        busy--;
        serveAsPossible();
        if (!call.ended) {
            call.ended = true;
            figures = new Figures(figures.good + 1, figures.failed, figures.busyNanos);
            call.place.onSuccess();
            callAsAllowed();
        }
    }

    private void giveUp(Call call) {
        if (!call.ended) {
            call.ended = true;
            figures = new Figures(figures.good, figures.failed + 1, figures.busyNanos);
            call.place.onDropped();
            callAsAllowed();
        }
    }

    private void at(long when, Runnable what) {
        events.add(new Event(when, numbers++, what));
    }
}
