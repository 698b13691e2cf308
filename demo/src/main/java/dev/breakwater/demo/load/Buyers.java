package dev.breakwater.demo.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Customers who buy at the same time: each takes the next order, places it, and comes again. */
final class Buyers {

    private static final int MOST_ITEMS = 3;
    private static final int MOST_TRIES = 20;

    private final Shop shop;
    private final List<String> customers;
    private final Figures figures;
    private final boolean retry;

    Buyers(Shop shop, List<String> customers, Figures figures, boolean retry) {
        this.shop = shop;
        this.customers = customers;
        this.figures = figures;
        this.retry = retry;
    }

    void place(Plan plan) throws InterruptedException {
        var turns = new Turns(plan);
        var threads = IntStream.range(0, plan.buyers())
                .mapToObj(buyer -> Thread.ofVirtual().start(() -> {
                    for (var turn = turns.next(); turn.isPresent(); turn = turns.next()) {
                        place(turn.getAsInt(), plan.products());
                    }
                }))
                .toList();
        var bar = turns.bar();
        for (var thread : threads) {
            while (!thread.join(Duration.ofMillis(200))) {
                bar.show(turns.progress(figures.done()));
            }
        }
        bar.end(turns.progress(figures.done()));
    }

    private void place(int number, int products) {
        var token = customers.get(number % customers.size());
        var key = "load-" + UUID.randomUUID();
        var body = body(new Random(), products);
        for (var attempt = 1; ; attempt++) {
            var started = System.nanoTime();
            try {
                var answer = shop.place(token, key, body);
                if (answer.status() == 202) {
                    figures.accepted(System.nanoTime() - started);
                    return;
                }
                var cause = (answer.status() + " " + answer.code()).strip();
                var mayRepeat = answer.status() == 429 || answer.status() == 503;
                if (!retry || !mayRepeat || attempt == MOST_TRIES) {
                    figures.refused(cause);
                    return;
                }
                Thread.sleep(answer.retryAfter());
            } catch (IOException e) {
                if (!retry || attempt == MOST_TRIES) {
                    figures.refused("no answer (%s)".formatted(e.getClass().getSimpleName()));
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One to three different products of the first so many, one to three of each. */
    static String body(Random random, int products) {
        var items = new StringBuilder();
        random.ints(1, products + 1)
                .distinct()
                .limit(random.nextInt(1, Math.min(MOST_ITEMS, products) + 1))
                .forEach(product -> items.append(items.isEmpty() ? "" : ",")
                        .append("{\"sku\":\"SKU-%06d\",\"quantity\":%d}"
                                .formatted(product, random.nextInt(1, MOST_ITEMS + 1))));
        return "{\"items\":[%s],\"paymentMethod\":{\"type\":\"card\",\"token\":\"tok_ok\"}}".formatted(items);
    }
}
