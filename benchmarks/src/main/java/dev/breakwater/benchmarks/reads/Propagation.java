package dev.breakwater.benchmarks.reads;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Changes products, and takes the time until each place, and the last of them, shows what was written. */
final class Propagation implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Place written;
    private final List<Place> read;
    private final Map<Place, Histogram> micros = new LinkedHashMap<>();
    private final Histogram lastMicros = new Histogram(3);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param written takes the changes */
    Propagation(Place written, List<Place> read) {
        this.written = written;
        this.read = List.copyOf(read);
        read.forEach(place -> micros.put(place, new Histogram(3)));
    }

    /** Each place has shown the old product before, so that it has it in memory. */
    void change(String sku, String product) throws IOException, InterruptedException, ExecutionException {
        for (var place : read) {
            place.read(sku);
        }
        var version = written.write(sku, product);
        var answered = System.nanoTime();
        var taken = new ArrayList<Future<Long>>();
        for (var place : read) {
            taken.add(threads.submit(() -> awaitShown(place, sku, version, answered)));
        }
        var last = 0L;
        for (var n = 0; n < read.size(); n++) {
            var took = taken.get(n).get();
            micros(read.get(n)).recordValue(took);
            last = Math.max(last, took);
        }
        lastMicros.recordValue(last);
    }

    private static long awaitShown(Place place, String sku, long version, long since) throws IOException {
        while (place.read(sku) < version) {
            if (System.nanoTime() - since > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        "%s has not shown a change after %d s".formatted(place.name(), LONGEST.toSeconds()));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return (System.nanoTime() - since) / 1_000;
    }

    /** From the answer to the writer to the first answer that shows it, at that place. */
    Histogram micros(Place place) {
        return Objects.requireNonNull(micros.get(place));
    }

    /** The same of the last place each time. */
    Histogram lastMicros() {
        return lastMicros;
    }

    @Override
    public void close() {
        threads.close();
    }
}
