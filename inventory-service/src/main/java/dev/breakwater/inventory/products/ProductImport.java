package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Availability;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.persistence.Figures;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Many new products at once, each with a first delivery. */
@Component
public class ProductImport {

    private final JdbcTemplate jdbc;
    private final StockLedger ledger;
    private final Outbox outbox;
    private final Figures figures;
    private final Clock clock;

    ProductImport(JdbcTemplate jdbc, StockLedger ledger, Outbox outbox, Figures figures, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.outbox = outbox;
        this.figures = figures;
        this.clock = clock;
    }

    /** @param delivered how many pieces come in with it, at least 1 */
    public record ImportedProduct(
            Sku sku,
            String name,
            String description,
            String category,
            long priceMinor,
            String currency,
            long delivered) {

        private Product product(Availability availability) {
            return new Product(sku.value(), name, description, category, priceMinor, currency, availability, 1);
        }
    }

    /** Writes those whose SKU is not taken, in the current transaction. */
    public void write(List<ImportedProduct> imported) {
        var skus = imported.stream().map(ImportedProduct::sku).toList();
        var taken = ledger.lock(skus);
        var fresh = imported.stream()
                .filter(product -> taken.balance(product.sku()) == null)
                .toList();
        var delivered = new TreeMap<Sku, Long>();
        fresh.forEach(product -> delivered.put(product.sku(), product.delivered()));
        var stock = ledger.open(delivered);
        var products = fresh.stream()
                .map(product -> product.product(ledger.availability(product.delivered())))
                .toList();
        insert(products);
        outbox.appendAll(products.stream().map(ProductChanged::of).toList());
        figures.add(stock.figures());
    }

    private void insert(List<Product> products) {
        var now = Timestamp.from(clock.instant());
        jdbc.batchUpdate(
                """
                INSERT INTO products
                       (sku, name, description, category, price_minor, currency, availability, version, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                products.stream()
                        .map(product -> new Object[] {
                            product.sku(),
                            product.name(),
                            product.description(),
                            product.category(),
                            product.priceMinor(),
                            product.currency(),
                            product.availability().name(),
                            product.version(),
                            now
                        })
                        .toList());
    }
}
