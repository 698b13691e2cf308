package dev.breakwater.benchmarks.http;

import dev.breakwater.benchmarks.ClosedLoop;
import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST /orders} with a token, from so many clients at once. */
final class HttpPlacingSide implements Side {

    private static final String BODY = """
            {"items":[{"sku":"%s","quantity":2}],"paymentMethod":{"type":"card","token":"tok_ok"}}""".formatted(OrderService.SKU);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final int clients;
    private final OrderService service;
    private final KeptConnections connections;
    private final String token = TestTokens.customer("alice");
    private final AtomicLong accepted = new AtomicLong();

    private HttpPlacingSide(int clients, OrderService service) {
        this.clients = clients;
        this.service = service;
        connections = new KeptConnections(service.port());
    }

    static Side batchOn(int clients, int pool) throws Exception {
        return new HttpPlacingSide(clients, new OrderService(pool, Map.of()));
    }

    /** One transaction a request, as many at once as there are connections. */
    static Side batchOff(int clients, int pool) throws Exception {
        return new HttpPlacingSide(clients, new OrderService(pool, Map.of("breakwater.order.ingest.size", "1")));
    }

    @Override
    public Round run(Duration length) throws Exception {
        var round = new ClosedLoop(clients).run(length, () -> {
            var request = KeptConnections.post(
                    "/api/v1/orders", token, UUID.randomUUID().toString(), BODY);
            var status = connections.call(request).status();
            if (status != 202) {
                throw new IllegalStateException("answered " + status);
            }
            accepted.incrementAndGet();
        });
        // What the relay has still to send would fall into the other side's round.
        while (service.count("SELECT COUNT(*) FROM (SELECT 1 FROM outbox LIMIT 1) AS one") > 0) {
            Thread.sleep(LOOK_AGAIN);
        }
        return round;
    }

    @Override
    public List<String> violations() {
        var orders = service.count("SELECT COUNT(*) FROM orders");
        return orders == accepted.get()
                ? List.of()
                : List.of("%d accepted and %d orders".formatted(accepted.get(), orders));
    }

    @Override
    public void close() throws Exception {
        connections.close();
        service.close();
    }
}
