package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What customers of a busy shop do, at a rate, whether the calls before have been answered or not: they look at
 * products and lists, place orders under keys, and ask how those are getting on. Each call is made once.
 */
final class MixedCalls implements AutoCloseable {

    private static final int CUSTOMERS = 20;
    /** As many as a gateway of 160 MB bears; who comes on top of that on a machine that is busy goes away again. */
    private static final int MOST_IN_THE_AIR = 100;

    private static final int STOCK = 1_000_000;

    private final List<Caller> customers;
    private final List<String> skus;
    private final String run;
    private final Map<Caller, String> lastOrders = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger wentAway = new AtomicInteger();
    private final Semaphore room = new Semaphore(MOST_IN_THE_AIR);
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    private MixedCalls(Shop shop) {
        customers =
                IntStream.range(0, CUSTOMERS).mapToObj(n -> shop.newCustomer()).toList();
        skus = IntStream.range(0, 4).mapToObj(n -> shop.newProduct(STOCK)).toList();
        run = UUID.randomUUID().toString();
        for (var customer : customers) {
            lastOrders.put(
                    customer, customer.placeSurely(skus.getFirst(), 1, "tok_ok").text("id"));
        }
    }

    static MixedCalls begin(Shop shop, int perSecond) {
        var calls = new MixedCalls(shop);
        var ignored = calls.clock.scheduleAtFixedRate(
                calls::come, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
        return calls;
    }

    int answered() {
        return answered.get();
    }

    /** What was not answered as it should be, and how. */
    Queue<String> failed() {
        return failed;
    }

    String summary() {
        return "%d calls, %d orders among them, %d failed; %d more found no room on this machine"
                .formatted(answered.get(), placed.get(), failed.size(), wentAway.get());
    }

    /** Lets everybody finish. */
    void stop() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        callers.shutdownNow();
    }

    private void come() {
        if (room.tryAcquire()) {
            callers.execute(this::next);
        } else {
            wentAway.incrementAndGet();
        }
    }

    private void next() {
        try {
            callNext();
        } finally {
            room.release();
        }
    }

    private void callNext() {
        var number = begun.getAndIncrement();
        var customer = customers.get(number / 10 % CUSTOMERS);
        var sku = skus.get(number % skus.size());
        switch (number % 10) {
            case 0, 1 -> place(customer, sku, number);
            case 2, 3, 4 -> read(customer, "orders/" + lastOrders.get(customer));
            case 5, 6 -> read(customer, "orders?limit=20");
            case 7 -> read(customer, "products?category=kitchen&limit=10");
            case 8 -> read(customer, "products/" + sku);
            default -> read(customer, "products/" + sku + "/stock");
        }
    }

    private void place(Caller customer, String sku, int number) {
        var key = "roll-%s-%d".formatted(run, number);
        call(key, 202, () -> customer.post("orders", key, Caller.order(sku, 1, "tok_ok")))
                .ifPresent(order -> {
                    placed.incrementAndGet();
                    lastOrders.put(customer, order.text("id"));
                });
    }

    private void read(Caller customer, String path) {
        var ignored = call(path, 200, () -> customer.get(path));
    }

    private Optional<Answer> call(String what, int expected, Supplier<Answer> call) {
        try {
            var answer = call.get();
            answered.incrementAndGet();
            if (answer.status() == expected) {
                return Optional.of(answer);
            }
            failed.add("%s answered %d %s".formatted(what, answer.status(), answer.text()));
        } catch (RuntimeException e) {
            failed.add(what + ": " + e);
        }
        return Optional.empty();
    }
}
