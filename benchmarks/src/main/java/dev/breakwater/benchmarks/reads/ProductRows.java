package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Database;
import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.caching.Source;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The products table of inventory-service as the source of a cache; it counts who asks. */
final class ProductRows implements Source {

    static final String PREFIX = "SKU-";

    private static final ScopedValue<Boolean> READER = ScopedValue.newInstance();

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.shared();
    private final LongAdder loads = new LongAdder();
    private final LongAdder waitedFor = new LongAdder();

    private ProductRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static ProductRows of(Database database, int products) {
        insert(database.dataSource(), products);
        return new ProductRows(new JdbcTemplate(database.dataSource()));
    }

    /** Writes so many products, and a row of stock for each. */
    static void insert(DataSource database, int products) {
        var jdbc = new JdbcTemplate(database);
        // MariaDB's tables of numbers: this runs on the embedded server alone.
        jdbc.update("""
                INSERT INTO products
                       (sku, name, description, category, price_minor, currency, availability, version, updated_at)
                SELECT CONCAT('SKU-', seq), CONCAT('Harbour oak side table, number ', seq),
                       'The side table in oak from our Harbour line. Packed without plastic and easy to repair.',
                       'furniture', 129900, 'CNY', 'OUT_OF_STOCK', 1, UTC_TIMESTAMP(6)
                  FROM seq_1_to_%d
                """.formatted(products));
        jdbc.update("""
                INSERT INTO stock (sku, on_hand, reserved, set_aside, sold, ledger_seq, availability)
                SELECT sku, 0, 0, 0, 0, 0, 'OUT_OF_STOCK'
                  FROM products
                """);
    }

    /** @param rank from 1 up */
    static String key(int rank) {
        return PREFIX + rank;
    }

    /** Reads so that a load in the middle of it counts as one that a reader waited for. */
    static <T extends @Nullable Object> void asReader(Callable<T> read) throws Exception {
        ScopedValue.where(READER, true).call(read::call);
    }

    @Override
    public Cached load(String key) {
        loads.increment();
        if (READER.isBound()) {
            waitedFor.increment();
        }
        // Walks the primary key.
        var row = jdbc.queryForMap("""
                SELECT sku, name, description, category, price_minor, currency, availability, version
                  FROM products
                 WHERE sku = ?
                """, key);
        return new Cached(1, json.writeValueAsBytes(row));
    }

    long loads() {
        return loads.sum();
    }

    long waitedFor() {
        return waitedFor.sum();
    }
}
