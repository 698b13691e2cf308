package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Shop;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Clients who read product pages, one address after another, one client an address at a time. */
final class Readers implements AutoCloseable {

    private static final int CLIENTS = 12;

    private final Shop shop;
    private final List<String> addresses;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final Queue<String> wentBack = new ConcurrentLinkedQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(CLIENTS, Thread.ofVirtual().factory());

    private Readers(Shop shop, List<String> addresses) {
        this.shop = shop;
        this.addresses = addresses;
    }

    static Readers begin(Shop shop, List<String> addresses) {
        var readers = new Readers(shop, addresses);
        addresses.forEach(address -> readers.versions.put(address, 0L));
        for (var client = 0; client < CLIENTS; client++) {
            var first = client;
            var ignored =
                    readers.threads.scheduleWithFixedDelay(() -> readers.readAll(first), 0, 1, TimeUnit.MILLISECONDS);
        }
        return readers;
    }

    long reads() {
        return reads.get();
    }

    /** What every address has shown. */
    long leastVersion() {
        return versions.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    Queue<String> wentBack() {
        return wentBack;
    }

    Queue<String> failed() {
        return failed;
    }

    /** Lets everybody finish what they read. */
    void stop() throws InterruptedException {
        over.set(true);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public void close() {
        over.set(true);
        threads.shutdownNow();
    }

    /** Each client has its own share of the addresses, so that what one address shows has an order. */
    private void readAll(int first) {
        for (var n = first; n < addresses.size() && !over.get(); n += CLIENTS) {
            read(addresses.get(n));
        }
    }

    private void read(String address) {
        try {
            var answer = shop.anonymous().get(address);
            reads.incrementAndGet();
            if (answer.status() != 200) {
                failed.add(address + " answered " + answer.status() + " " + answer.text());
                return;
            }
            var version = answer.number("version");
            var before = versions.put(address, version);
            if (before != null && version < before) {
                wentBack.add("%s: %d after %d".formatted(address, version, before));
            }
        } catch (RuntimeException e) {
            if (!over.get()) {
                failed.add(address + ": " + e);
            }
        }
    }
}
