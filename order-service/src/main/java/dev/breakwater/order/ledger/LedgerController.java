package dev.breakwater.order.ledger;

import dev.breakwater.order.saga.OrderFigures;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.platform.messaging.MessagingLedger;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.Recounts;
import dev.breakwater.platform.persistence.Transactions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the order ledger says: from counters at any time, compared with the rows themselves on demand. */
@RestController
class LedgerController {

    private final Figures figures;
    private final MessagingLedger messaging;
    private final Transactions transactions;
    private final Recounts recounts;
    private final JdbcTemplate jdbc;

    LedgerController(
            Figures figures,
            MessagingLedger messaging,
            Transactions transactions,
            Recounts recounts,
            JdbcTemplate jdbc) {
        this.figures = figures;
        this.messaging = messaging;
        this.transactions = transactions;
        this.recounts = recounts;
        this.jdbc = jdbc;
    }

    record OrderCounts(long accepted, long pending, long reserved, long confirmed, long rejected, long cancelled) {}

    record EventCounts(long outboxPending, long inFlight, long deadLetters, long lag) {}

    record Ledger(OrderCounts orders, long confirmedMinor, EventCounts events, List<String> violations) {}

    private record Counted(Map<String, Long> figures, List<String> violations) {}

    @GetMapping("/internal/ledger")
    Ledger ledger(@RequestParam(defaultValue = "figures") String depth) {
        var counted = depth.equals("full") ? recounts.recount(this::readAndCompare) : transactions.snapshot(this::read);
        var events = messaging.read();
        return new Ledger(
                new OrderCounts(
                        figure(counted, OrderFigures.ACCEPTED),
                        figure(counted, OrderFigures.of(OrderStatus.PENDING)),
                        figure(counted, OrderFigures.of(OrderStatus.RESERVED)),
                        figure(counted, OrderFigures.of(OrderStatus.CONFIRMED)),
                        figure(counted, OrderFigures.of(OrderStatus.REJECTED)),
                        figure(counted, OrderFigures.of(OrderStatus.CANCELLED))),
                figure(counted, OrderFigures.CONFIRMED_MINOR),
                new EventCounts(
                        events.outboxPending(),
                        figure(counted, OrderFigures.IN_FLIGHT),
                        events.deadLetters(),
                        events.lag()),
                counted.violations());
    }

    private Counted read() {
        return new Counted(figures.read(), List.of());
    }

    private Counted readAndCompare() {
        var now = figures.read();
        return new Counted(now, differences(now));
    }

    private static long figure(Counted counted, String name) {
        return counted.figures().getOrDefault(name, 0L);
    }

    /** Where the counters and the rows say different things. Reads every order: not for a suite under load. */
    private List<String> differences(Map<String, Long> now) {
        var rows = new HashMap<String, Long>();
        jdbc.query(
                "SELECT status, COUNT(*) AS orders, SUM(total_minor) AS total_minor FROM orders GROUP BY status",
                row -> {
                    var status = OrderStatus.valueOf(row.getString("status"));
                    rows.put(OrderFigures.of(status), row.getLong("orders"));
                    rows.merge(OrderFigures.ACCEPTED, row.getLong("orders"), Long::sum);
                    if (status == OrderStatus.CONFIRMED) {
                        rows.put(OrderFigures.CONFIRMED_MINOR, row.getLong("total_minor"));
                    }
                });
        return Stream.concat(
                        Stream.of(OrderFigures.ACCEPTED, OrderFigures.CONFIRMED_MINOR),
                        Arrays.stream(OrderStatus.values()).map(OrderFigures::of))
                .filter(name -> !now.getOrDefault(name, 0L).equals(rows.getOrDefault(name, 0L)))
                .map(name -> "orders: the counter " + name + " says " + now.getOrDefault(name, 0L) + ", the rows say "
                        + rows.getOrDefault(name, 0L))
                .toList();
    }
}
