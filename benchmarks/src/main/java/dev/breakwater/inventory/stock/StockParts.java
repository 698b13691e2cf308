package dev.breakwater.inventory.stock;

import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.Transactions;
import java.time.Clock;
import java.util.Collection;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** The stock ledger, by constructors. */
public final class StockParts {

    private static final long MORE_THAN_ANYBODY_BUYS = 1_000_000_000_000L;

    private StockParts() {}

    public static StockLedger ledger(JdbcTemplate jdbc) {
        return new StockLedger(jdbc, changed -> {}, new StockProperties(20), Clock.systemUTC());
    }

    /** Opens the stock of products with a delivery that never runs out. */
    public static void deliver(JdbcTemplate jdbc, Transactions transactions, Collection<String> skus) {
        var delivered = new TreeMap<Sku, Long>();
        skus.forEach(sku -> delivered.put(new Sku(sku), MORE_THAN_ANYBODY_BUYS));
        transactions.write(
                () -> new Figures(jdbc).add(ledger(jdbc).open(delivered).figures()));
    }
}
