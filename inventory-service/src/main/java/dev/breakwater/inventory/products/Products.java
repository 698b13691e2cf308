package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Availability;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.persistence.Transactions;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All products. A write and the event that tells of it commit together. */
@Component
class Products {

    private static final int PIECE = 10_000;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final StockLedger stock;
    private final Outbox outbox;
    private final Clock clock;

    Products(JdbcClient jdbc, Transactions transactions, StockLedger stock, Outbox outbox, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.stock = stock;
        this.outbox = outbox;
        this.clock = clock;
    }

    record Written(Product product, boolean created) {}

    Optional<Product> find(Sku sku) {
        // Walks the primary key.
        return jdbc.sql("SELECT " + Product.COLUMNS + " FROM products WHERE sku = ?")
                .param(sku.value())
                .query((row, n) -> Product.of(row))
                .optional();
    }

    /** Every SKU there is, in pieces, so that no connection is held for long. */
    void forEachSku(Consumer<String> each) {
        var last = "";
        List<String> piece;
        do {
            // Walks the primary key of stock, whose rows are the shortest that hold every SKU.
            piece = jdbc.sql("SELECT sku FROM stock WHERE sku > ? ORDER BY sku LIMIT " + PIECE)
                    .param(last)
                    .query((row, n) -> row.getString(1))
                    .list();
            piece.forEach(each);
            last = piece.isEmpty() ? last : piece.getLast();
        } while (piece.size() == PIECE);
    }

    /** The SKUs after a SKU, in their order; of one category or of all. */
    List<String> skusAfter(@Nullable Sku last, @Nullable String category, int atMost) {
        var after = last == null ? "" : last.value();
        if (category == null) {
            // Walks the primary key.
            return jdbc.sql("SELECT sku FROM products WHERE sku > ? ORDER BY sku LIMIT ?")
                    .params(after, atMost)
                    .query((row, n) -> row.getString(1))
                    .list();
        }
        // Walks by_category from the cursor on, nothing but the page, and reads no row.
        return jdbc.sql("""
                        SELECT sku
                          FROM products FORCE INDEX (by_category)
                         WHERE category = ? AND sku > ?
                         ORDER BY sku
                         LIMIT ?
                        """)
                .params(category, after, atMost)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Those of these SKUs that there are, in no order. */
    List<Product> findAll(List<String> skus) {
        // Walks the primary key.
        return jdbc.sql("SELECT %s FROM products FORCE INDEX (PRIMARY) WHERE sku IN (%s)"
                        .formatted(Product.COLUMNS, String.join(", ", Collections.nCopies(skus.size(), "?"))))
                .params(skus)
                .query((row, n) -> Product.of(row))
                .list();
    }

    /** Creates the product, or replaces what is said of it; its stock stays as it is. */
    Written write(Sku sku, ProductDraft draft) {
        return transactions.write(() -> {
            var current = jdbc.sql("SELECT " + Product.COLUMNS + " FROM products WHERE sku = ? FOR UPDATE")
                    .param(sku.value())
                    .query((row, n) -> Product.of(row))
                    .optional();
            var written = current.isPresent()
                    ? new Written(replace(current.get().next(draft)), false)
                    : new Written(create(sku, draft), true);
            outbox.append(ProductChanged.of(written.product()));
            return written;
        });
    }

    private Product replace(Product product) {
        jdbc.sql("""
                        UPDATE products
                           SET name = ?, description = ?, category = ?, price_minor = ?, currency = ?, version = ?,
                               updated_at = ?
                         WHERE sku = ?
                        """)
                .params(
                        product.name(),
                        product.description(),
                        product.category(),
                        product.priceMinor(),
                        product.currency(),
                        product.version(),
                        Timestamp.from(clock.instant()),
                        product.sku())
                .update();
        return product;
    }

    private Product create(Sku sku, ProductDraft draft) {
        var product = new Product(
                sku.value(),
                draft.name(),
                draft.description(),
                draft.category(),
                draft.priceMinor(),
                draft.currency(),
                Availability.OUT_OF_STOCK,
                1);
        // Stock before product: the order that everybody locks in.
        Transactions.repeatOnDuplicate("a product was created twice at the same moment", () -> stock.open(sku));
        jdbc.sql("""
                        INSERT INTO products
                               (sku, name, description, category, price_minor, currency, availability, version, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        product.sku(),
                        product.name(),
                        product.description(),
                        product.category(),
                        product.priceMinor(),
                        product.currency(),
                        product.availability().name(),
                        product.version(),
                        Timestamp.from(clock.instant()))
                .update();
        return product;
    }
}
