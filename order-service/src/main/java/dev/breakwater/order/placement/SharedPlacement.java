package dev.breakwater.order.placement;

import dev.breakwater.order.placement.Outcome.KeyReused;
import dev.breakwater.order.placement.Outcome.Placed;
import dev.breakwater.order.saga.NewOrders;
import dev.breakwater.order.saga.Order;
import dev.breakwater.order.saga.Orders;
import dev.breakwater.platform.batching.BatchWriter;
import dev.breakwater.platform.persistence.IdempotencyRecords;
import dev.breakwater.platform.persistence.IdempotencyRecords.Name;
import dev.breakwater.platform.persistence.IdempotencyRecords.Recorded;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Places a batch of orders in one transaction: keys, orders and first commands, a statement a table.
 *
 * <p>A key that another transaction is just using is not waited for in a batch: {@link IdempotencyRecords#lockAll}
 * refuses, the batch is divided, and only the owner of that key waits, alone.
 */
@Component
class SharedPlacement implements BatchWriter<Submission, Outcome> {

    private final IdempotencyRecords records;
    private final NewOrders newOrders;
    private final Orders orders;
    private final Transactions transactions;

    SharedPlacement(IdempotencyRecords records, NewOrders newOrders, Orders orders, Transactions transactions) {
        this.records = records;
        this.newOrders = newOrders;
        this.orders = orders;
        this.transactions = transactions;
    }

    @Override
    public List<Outcome> write(List<Submission> batch) {
        return write(batch, records::lockAll);
    }

    @Override
    public Outcome writeAlone(Submission submission) {
        return write(List.of(submission), this::waitFor).getFirst();
    }

    private Map<Name, Recorded> waitFor(Collection<Name> one) {
        var key = one.iterator().next();
        return records.lock(key).map(recorded -> Map.of(key, recorded)).orElse(Map.of());
    }

    private List<Outcome> write(List<Submission> batch, Function<Collection<Name>, Map<Name, Recorded>> look) {
        return transactions.write(() -> {
            var used = look.apply(batch.stream().map(Submission::key).distinct().toList());
            var fresh = new TreeMap<Name, Submission>();
            for (var submission : batch) {
                if (!used.containsKey(submission.key())) {
                    // Of two with one key in the batch, the first is the order and the second its repeat.
                    fresh.putIfAbsent(submission.key(), submission);
                }
            }
            var placed = place(fresh);
            placed.putAll(replayed(batch, used));
            return batch.stream()
                    .map(submission -> outcome(submission, fresh, used, placed))
                    .toList();
        });
    }

    private Map<UUID, Order> place(TreeMap<Name, Submission> fresh) {
        if (fresh.isEmpty()) {
            return new HashMap<>();
        }
        var recorded = new TreeMap<Name, Recorded>();
        fresh.forEach((key, submission) -> recorded.put(key, submission.toRecord()));
        var begun = new ArrayList<Order>(fresh.size());
        Transactions.repeatOnDuplicate(
                "a key was used twice at the same moment",
                () -> OneMessage.together(() -> {
                    records.insertAll(recorded);
                    begun.addAll(newOrders.begin(
                            fresh.values().stream().map(Submission::order).toList()));
                }));
        return byId(begun);
    }

    private Map<UUID, Order> replayed(List<Submission> batch, Map<Name, Recorded> used) {
        var repeats = batch.stream()
                .filter(submission -> used.containsKey(submission.key()))
                .map(submission -> orderId(used, submission.key()))
                .distinct()
                .toList();
        return repeats.isEmpty() ? Map.of() : byId(orders.find(repeats));
    }

    private static Outcome outcome(
            Submission submission, Map<Name, Submission> fresh, Map<Name, Recorded> used, Map<UUID, Order> placed) {
        var first = fresh.get(submission.key());
        var recorded = first == null ? used.get(submission.key()) : first.toRecord();
        if (recorded == null) {
            throw new IllegalStateException("neither new nor a repeat");
        }
        if (!recorded.isOf(submission.fingerprint())) {
            return new KeyReused();
        }
        var order = placed.get(UUID.fromString(recorded.result()));
        if (order == null) {
            throw new IllegalStateException("a key without its order");
        }
        return new Placed(order, submission != first);
    }

    private static UUID orderId(Map<Name, Recorded> used, Name key) {
        var recorded = used.get(key);
        if (recorded == null) {
            throw new IllegalStateException("not used: " + key);
        }
        return UUID.fromString(recorded.result());
    }

    private static Map<UUID, Order> byId(List<Order> orders) {
        return orders.stream().collect(Collectors.toMap(Order::id, Function.identity(), (a, b) -> a, HashMap::new));
    }
}
