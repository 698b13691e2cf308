package dev.breakwater.order.placement;

import dev.breakwater.order.pricing.Price;
import dev.breakwater.order.pricing.Prices;
import dev.breakwater.order.saga.NewOrders;
import dev.breakwater.order.saga.Order;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Recorded;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Places orders: the key decides whether it is a new one, one transaction makes it durable together with its key and
 * its first command.
 */
@Component
class Placement {

    private static final String SCOPE = "POST /api/v1/orders";

    private final IdempotencyRecords records;
    private final Prices prices;
    private final NewOrders newOrders;
    private final Orders orders;
    private final Transactions transactions;
    private final UuidV7 ids;

    Placement(
            IdempotencyRecords records,
            Prices prices,
            NewOrders newOrders,
            Orders orders,
            Transactions transactions,
            UuidV7 ids) {
        this.records = records;
        this.prices = prices;
        this.newOrders = newOrders;
        this.orders = orders;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** @param replayed whether the key had been used before, by this very request */
    record Placed(Order order, boolean replayed) {}

    /**
     * Returns when the order is durable.
     *
     * @throws ProblemException 422 {@code idempotency_key_reused}, {@code unknown_sku} or {@code mixed_currencies}; 503
     *     when a price cannot be found out. None of them uses the key up.
     */
    Placed place(String customer, IdempotencyKey key, PlaceOrder request) {
        var fingerprint = IdempotencyRecords.fingerprint(request);
        var before = find(customer, key, fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        var items = priced(
                request,
                prices.of(request.items().stream().map(PlaceOrder.Item::sku).toList()));
        var method = new PaymentMethod(
                request.paymentMethod().type(), request.paymentMethod().token());
        var id = ids.next();
        try {
            var order = transactions.write(() -> {
                // The key first: of two at once, the second waits here and has written nothing.
                records.insert(customer, SCOPE, key.value(), fingerprint, id.toString());
                return newOrders.begin(id, customer, items.lines, items.currency, method);
            });
            return new Placed(order, false);
        } catch (DuplicateKeyException e) {
            return find(customer, key, fingerprint).orElseThrow(() -> e);
        }
    }

    private record Items(List<OrderItem> lines, String currency) {}

    private Optional<Placed> find(String customer, IdempotencyKey key, byte[] fingerprint) {
        return records.find(customer, SCOPE, key.value()).map(recorded -> replay(recorded, fingerprint));
    }

    private Placed replay(Recorded recorded, byte[] fingerprint) {
        if (!recorded.isOf(fingerprint)) {
            throw ProblemException.unprocessable(
                    "idempotency_key_reused", "This Idempotency-Key was used for another request.");
        }
        return new Placed(
                orders.find(List.of(UUID.fromString(recorded.result()))).getFirst(), true);
    }

    private static Items priced(PlaceOrder request, Map<String, Price> prices) {
        var unknown = request.items().stream()
                .map(PlaceOrder.Item::sku)
                .filter(sku -> !prices.containsKey(sku))
                .toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.unprocessable(
                    "unknown_sku", "There is no product " + String.join(", ", unknown) + ".");
        }
        var currencies = prices.values().stream().map(Price::currency).collect(Collectors.toSet());
        if (currencies.size() > 1) {
            throw ProblemException.unprocessable(
                    "mixed_currencies", "An order is paid in one currency; these products have several.");
        }
        var lines = request.items().stream()
                .map(item -> new OrderItem(item.sku(), item.quantity(), priceOf(item.sku(), prices)))
                .toList();
        return new Items(lines, currencies.iterator().next());
    }

    private static long priceOf(String sku, Map<String, Price> prices) {
        var price = prices.get(sku);
        if (price == null) {
            throw new IllegalStateException("unpriced " + sku);
        }
        return price.priceMinor();
    }
}
