package dev.breakwater.order.placement;

import dev.breakwater.order.placement.Outcome.KeyReused;
import dev.breakwater.order.placement.Outcome.Placed;
import dev.breakwater.order.pricing.Price;
import dev.breakwater.order.pricing.Prices;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.platform.messaging.CurrentTrace;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.SharedTransactions;
import dev.breakwater.platform.persistence.UuidV7;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Places orders: prices each, and hands it to the batch in which its key decides whether it is a new one. */
@Component
class Placement {

    private static final String SCOPE = "POST /api/v1/orders";

    private final IdempotencyRecords records;
    private final Prices prices;
    private final Orders orders;
    private final SharedTransactions<Submission, Outcome> transactions;
    private final UuidV7 ids;
    private final CurrentTrace trace;

    Placement(
            IdempotencyRecords records,
            Prices prices,
            Orders orders,
            SharedTransactions<Submission, Outcome> transactions,
            UuidV7 ids,
            CurrentTrace trace) {
        this.records = records;
        this.prices = prices;
        this.orders = orders;
        this.transactions = transactions;
        this.ids = ids;
        this.trace = trace;
    }

    /**
     * Returns when the order is durable.
     *
     * @param left how much time the client leaves for the answer
     * @throws ProblemException 422 {@code idempotency_key_reused}, {@code unknown_sku} or {@code mixed_currencies}; 503
     *     when a price cannot be found out or too many orders wait; 504 when the time was over before its turn came.
     *     None of them uses the key up.
     */
    Placed place(String customer, IdempotencyKey key, PlaceOrder request, Duration left) {
        var deadline = CallDeadline.in(left);
        var name = new Name(customer, SCOPE, key.value());
        var fingerprint = IdempotencyRecords.fingerprint(request);
        Items items;
        try {
            items = priced(
                    request,
                    prices.of(request.items().stream().map(PlaceOrder.Item::sku).toList(), deadline));
        } catch (ProblemException e) {
            // What was accepted once stays accepted, whatever has become of the product.
            return answer(repeat(name, fingerprint).orElseThrow(() -> e));
        }
        var method = new PaymentMethod(
                request.paymentMethod().type(), request.paymentMethod().token());
        var order = new NewOrder(ids.next(), customer, items.lines, items.currency, method, trace.traceparent());
        // A price that had to be asked for may have taken its part of the time.
        return answer(transactions.write(new Submission(name, fingerprint, order), deadline.left()));
    }

    private record Items(List<OrderItem> lines, String currency) {}

    private static Placed answer(Outcome outcome) {
        return switch (outcome) {
            case Placed placed -> placed;
            case KeyReused reused ->
                throw ProblemException.unprocessable(
                        "idempotency_key_reused", "This Idempotency-Key was used for another request.");
        };
    }

    private Optional<Outcome> repeat(Name name, byte[] fingerprint) {
        return records.find(name).map(recorded -> {
            if (!recorded.isOf(fingerprint)) {
                return new KeyReused();
            }
            return new Placed(
                    orders.find(List.of(UUID.fromString(recorded.result()))).getFirst(), true);
        });
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
