package dev.breakwater.inventory.ledger;

import dev.breakwater.inventory.stock.Balance;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Compares balances with the ledger all the time, a chunk of SKUs at a step. Each SKU's sums are remembered up to a
 * checkpoint, so that a movement is summed up once and not again on every round.
 */
@Component
class LedgerCheck {

    private static final Logger log = LoggerFactory.getLogger(LedgerCheck.class);

    /** One step must end within the limit of a statement, however much has moved since the last. */
    static final long MOST_MOVEMENTS = 20_000;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final LedgerCheckProperties properties;
    private final NavigableSet<String> unlike = new ConcurrentSkipListSet<>();
    private String last = "";

    LedgerCheck(JdbcTemplate jdbc, Transactions transactions, LedgerCheckProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
    }

    /** A SKU as the stock table has it, with the checkpoint of its ledger. */
    private record Stand(String sku, long seq, Balance balance, long checkpoint, Balance checkpointSums) {}

    /** The movements of a SKU that are summed up at one step. */
    private record Stretch(Stand stand, long upTo) {

        String sku() {
            return stand.sku();
        }

        boolean hasMovements() {
            return upTo > stand.checkpoint();
        }
    }

    private record Sums(long movements, Balance balance) {

        static final Sums NONE = new Sums(0, Balance.ZERO);
    }

    private enum Verdict {
        ALIKE,
        UNLIKE,
        NOT_THERE_YET
    }

    /** A SKU with the sums of its ledger up to a movement. */
    private record Checked(String sku, long seq, Balance balance, boolean advanced, Verdict verdict) {}

    static String violation(String sku) {
        return "The balance of " + sku + " is not the sum of its ledger.";
    }

    /** What the rounds so far found and have not seen mended. */
    Collection<String> violations() {
        return unlike.stream().map(LedgerCheck::violation).toList();
    }

    @Scheduled(
            initialDelayString = "${breakwater.inventory.ledger-check.pause}",
            fixedDelayString = "${breakwater.inventory.ledger-check.pause}")
    void walk() {
        try {
            step();
        } catch (DataAccessException | TransactionException e) {
            // The database's own absence is told by readiness; here it only means that this step is taken again.
            log.warn("ledger check waits cause={}", e.toString());
        }
    }

    /** The next chunk, or its beginning if much has moved; after the last one it begins again. */
    synchronized void step() {
        var chunk = new ArrayList<Stand>();
        var checked = transactions.snapshot(() -> {
            chunk.addAll(chunk());
            var stretches = stretches(chunk);
            var sums = sums(stretches.stream().filter(Stretch::hasMovements).toList());
            return stretches.stream()
                    .map(stretch -> check(stretch, sums.getOrDefault(stretch.sku(), Sums.NONE)))
                    .toList();
        });
        for (var each : checked) {
            switch (each.verdict()) {
                case ALIKE -> unlike.remove(each.sku());
                case UNLIKE -> {
                    if (unlike.add(each.sku())) {
                        log.error("balance is not the sum of the ledger sku={} seq={}", each.sku(), each.seq());
                    }
                }
                case NOT_THERE_YET -> log.debug("ledger summed up in part sku={} seq={}", each.sku(), each.seq());
            }
        }
        remember(checked.stream()
                .filter(each -> each.advanced() && each.verdict() != Verdict.UNLIKE)
                .toList());
        var judged = checked.stream()
                .filter(each -> each.verdict() != Verdict.NOT_THERE_YET)
                .toList();
        if (judged.size() == chunk.size() && chunk.size() < properties.chunk()) {
            last = "";
        } else if (!judged.isEmpty()) {
            last = judged.getLast().sku();
        }
    }

    /** As far into the chunk as the movements of a step go. */
    private static List<Stretch> stretches(List<Stand> chunk) {
        var stretches = new ArrayList<Stretch>(chunk.size());
        var left = MOST_MOVEMENTS;
        for (var stand : chunk) {
            if (left == 0) {
                break;
            }
            var upTo = Math.min(stand.seq(), stand.checkpoint() + left);
            stretches.add(new Stretch(stand, upTo));
            left -= Math.max(0, upTo - stand.checkpoint());
        }
        return stretches;
    }

    private List<Stand> chunk() {
        // Walks the primary key of both from the last SKU on.
        return jdbc.query(
                """
                SELECT s.sku, s.ledger_seq, s.on_hand, s.reserved, s.set_aside, s.sold, c.seq,
                       c.on_hand AS c_on_hand, c.reserved AS c_reserved, c.set_aside AS c_set_aside, c.sold AS c_sold
                  FROM stock s
                  LEFT JOIN stock_checkpoints c ON c.sku = s.sku
                 WHERE s.sku > ?
                 ORDER BY s.sku
                 LIMIT ?
                """,
                (row, n) -> new Stand(
                        row.getString("sku"),
                        row.getLong("ledger_seq"),
                        Books.balance(row),
                        row.getLong("seq"),
                        new Balance(
                                row.getLong("c_on_hand"),
                                row.getLong("c_reserved"),
                                row.getLong("c_set_aside"),
                                row.getLong("c_sold"))),
                last,
                properties.chunk());
    }

    private static Checked check(Stretch stretch, Sums moved) {
        var stand = stretch.stand();
        // The chain has no gaps, so the count tells the number of its newest row.
        var seq = stand.checkpoint() + moved.movements();
        var balance = stand.checkpointSums().plus(moved.balance());
        Verdict verdict;
        if (seq != stretch.upTo()) {
            verdict = Verdict.UNLIKE;
        } else if (seq != stand.seq()) {
            verdict = Verdict.NOT_THERE_YET;
        } else {
            verdict = balance.equals(stand.balance()) ? Verdict.ALIKE : Verdict.UNLIKE;
        }
        return new Checked(stand.sku(), seq, balance, seq != stand.checkpoint(), verdict);
    }

    private Map<String, Sums> sums(List<Stretch> stretches) {
        if (stretches.isEmpty()) {
            return Map.of();
        }
        var arguments = stretches.stream()
                .flatMap(stretch -> Stream.of(stretch.sku(), stretch.stand().checkpoint(), stretch.upTo()))
                .toArray();
        var sums = new HashMap<String, Sums>();
        // A range of the primary key for each.
        jdbc.query(
                """
                SELECT sku, COUNT(*) AS movements, SUM(on_hand_change) AS on_hand, SUM(reserved_change) AS reserved,
                       SUM(set_aside_change) AS set_aside, SUM(sold_change) AS sold
                  FROM stock_ledger FORCE INDEX (PRIMARY)
                 WHERE %s
                 GROUP BY sku
                """.formatted(String.join(
                        " OR ", Collections.nCopies(stretches.size(), "(sku = ? AND seq > ? AND seq <= ?)"))),
                row -> {
                    sums.put(row.getString("sku"), new Sums(row.getLong("movements"), Books.balance(row)));
                },
                arguments);
        return sums;
    }

    private void remember(List<Checked> checked) {
        if (checked.isEmpty()) {
            return;
        }
        // Several instances may write the same checkpoint, or an older one: each is true.
        transactions.write(() -> {
            jdbc.batchUpdate(
                    """
                    INSERT INTO stock_checkpoints (sku, seq, on_hand, reserved, set_aside, sold)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE seq = VALUES(seq), on_hand = VALUES(on_hand), reserved = VALUES(reserved),
                                            set_aside = VALUES(set_aside), sold = VALUES(sold)
                    """,
                    checked.stream()
                            .map(each -> new Object[] {
                                each.sku(),
                                each.seq(),
                                each.balance().onHand(),
                                each.balance().reserved(),
                                each.balance().setAside(),
                                each.balance().sold()
                            })
                            .toList());
        });
    }
}
