package dev.breakwater.e2e.suite;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A flash sale of the running suite, and how customers try to buy in it. */
public record FlashSale(Shop shop, String id) {

    /** What says nothing about the outcome: the contract tells clients to repeat, with the same key. */
    private static final Set<Integer> AGAIN = Set.of(429, 503, 504);

    /** Announces a sale that is open at once. */
    public static FlashSale open(Shop shop, String sku, int quantity, int perCustomerLimit, Duration lasting) {
        var announced = shop.admin()
                .post("flash-sales", UUID.randomUUID().toString(), """
                        {"sku": "%s", "priceMinor": 900, "currency": "CNY", "quantity": %d, "perCustomerLimit": %d,
                         "startsAt": "2026-01-01T00:00:00Z", "endsAt": "%s"}""".formatted(
                                sku, quantity, perCustomerLimit, Instant.now().plus(lasting)))
                .expect(201);
        return new FlashSale(shop, announced.text("id"));
    }

    public Answer show() {
        return shop.anonymous().get("flash-sales/" + id);
    }

    public Answer buy(Caller customer, String key) {
        return customer.post(
                "flash-sales/" + id + "/orders",
                key,
                "{\"quantity\": 1, \"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}}");
    }

    /** Again and again with the same key, until it is decided. */
    public Answer buySurely(Caller customer, String key) {
        return await("an attempt being decided")
                .atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(UncheckedIOException.class)
                .until(() -> buy(customer, key), answer -> !AGAIN.contains(answer.status()));
    }
}
