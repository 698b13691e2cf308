package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Customers who place one order after another, each under its own key, and repeat what was not accepted with the same
 * key, as the contract tells them to. Every fourth order is sent again although it was accepted.
 */
final class SteadyLoad implements AutoCloseable {

    /** Enough that placements queue for their transactions, so that a kill meets batches and not single orders. */
    static final int CUSTOMERS = 64;

    /** Between the answer to one order and the customer's next. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

    private final Products products;
    private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger inTheAir = new AtomicInteger();
    private final AtomicInteger acceptedUnheard = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(CUSTOMERS, Thread.ofVirtual().factory());

    private SteadyLoad(Products products) {
        this.products = products;
    }

    /**
     * @param hot in every order
     * @param others in every third one, beside the hot one
     * @param scarce in every tenth one, which gets nothing at all once this is sold out
     */
    record Products(String hot, List<String> others, String scarce) {}

    /** @param pieces of each product, by its SKU */
    record Placed(Caller customer, String key, String id, Map<String, Integer> pieces) {}

    static SteadyLoad begin(Shop shop, Products products) {
        var load = new SteadyLoad(products);
        IntStream.range(0, CUSTOMERS).mapToObj(i -> shop.newCustomer()).forEach(load::begin);
        return load;
    }

    /** Different orders answered with 202. */
    int accepted() {
        return accepted.get();
    }

    /** Orders sent and not accepted yet. */
    int inTheAir() {
        return inTheAir.get();
    }

    /** Orders whose commit was heard of only by the repeat: their first answer died with an instance. */
    int acceptedUnheard() {
        return acceptedUnheard.get();
    }

    /** Fails as a customer failed. */
    void assertUnharmed() {
        if (failure.get() != null) {
            throw new AssertionError("a customer gave up", failure.get());
        }
    }

    /** Lets everybody finish their order; all that was accepted. */
    Collection<Placed> stop() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS))
                .as("everybody has an answer")
                .isTrue();
        assertUnharmed();
        return placed;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void begin(Caller customer) {
        var ignored = threads.scheduleWithFixedDelay(() -> next(customer), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void next(Caller customer) {
        try {
            placeOne(customer, numbers.getAndIncrement());
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private void placeOne(Caller customer, int number) {
        var key = "kill-" + number;
        var pieces = pieces(number);
        var body = body(pieces, number % 25 == 7 ? "tok_declined" : "tok_ok");
        inTheAir.incrementAndGet();
        var answer = customer.placeUntilTaken(key, body);
        inTheAir.decrementAndGet();
        accepted.incrementAndGet();
        if (answer.header("Idempotent-Replayed").equals("true")) {
            acceptedUnheard.incrementAndGet();
        }
        var id = answer.text("id");
        placed.add(new Placed(customer, key, id, pieces));
        if (number % 4 == 0) {
            var again = customer.placeUntilTaken(key, body);
            assertThat(again.text("id")).as(key).isEqualTo(id);
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        }
    }

    private Map<String, Integer> pieces(int number) {
        if (number % 10 == 9) {
            return Map.of(products.hot(), 1, products.scarce(), 1);
        }
        if (number % 3 == 0) {
            return Map.of(
                    products.hot(),
                    1 + number % 2,
                    products.others().get(number % products.others().size()),
                    2);
        }
        return Map.of(products.hot(), 1 + number % 2);
    }

    private static String body(Map<String, Integer> pieces, String card) {
        var items = pieces.entrySet().stream()
                .map(line -> "{\"sku\": \"%s\", \"quantity\": %d}".formatted(line.getKey(), line.getValue()))
                .collect(Collectors.joining(", "));
        return """
                {"items": [%s], "paymentMethod": {"type": "card", "token": "%s"}}""".formatted(items, card);
    }
}
