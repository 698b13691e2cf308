package dev.breakwater.inventory.catalogue;

import dev.breakwater.inventory.products.ProductImport;
import dev.breakwater.inventory.products.ProductImport.ImportedProduct;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.persistence.Transactions;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Writes the demo's products before the web server opens. Several instances that start at once share the work: whoever
 * holds the row that says how far it has come writes the next piece, so each product is written exactly once, and a
 * start that was killed half-way is finished by the next.
 */
@Component
class DemoCatalogue implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(DemoCatalogue.class);

    /** Few enough that a transaction ends in its time on a machine that does much else while the suite starts. */
    private static final int PIECE = 100;

    private static final int ATTEMPTS = 10;
    private static final long STOCK = 100_000;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final ProductImport products;
    private final CatalogueProperties properties;

    DemoCatalogue(JdbcClient jdbc, Transactions transactions, ProductImport products, CatalogueProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.products = products;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (properties.demoProducts() == 0) {
            return;
        }
        var written = 0;
        int piece;
        do {
            piece = writePiecePatiently();
            written += piece;
        } while (piece > 0);
        if (written > 0) {
            log.info("demo catalogue written products={}", written);
        }
    }

    /**
     * A machine that starts everything at once may be too busy for one piece in a transaction's time; later it is not.
     */
    private int writePiecePatiently() {
        for (var attempt = 1; ; attempt++) {
            try {
                return transactions.<Integer>write(this::writePiece);
            } catch (TransactionTimedOutException | QueryTimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                log.warn("demo catalogue piece repeated attempt={} cause={}", attempt, e.toString());
            }
        }
    }

    /** Returns how many products were written; 0 when all are there. */
    private int writePiece() {
        int before = jdbc.sql("SELECT written FROM demo_catalogue WHERE id = 1 FOR UPDATE")
                .query(Integer.class)
                .single();
        var after = Math.min(before + PIECE, properties.demoProducts());
        if (after <= before) {
            return 0;
        }
        products.write(IntStream.rangeClosed(before + 1, after)
                .mapToObj(DemoProducts::number)
                .map(product -> new ImportedProduct(
                        new Sku(product.sku()),
                        product.name(),
                        product.description(),
                        product.category(),
                        product.priceMinor(),
                        DemoProduct.CURRENCY,
                        STOCK))
                .toList());
        jdbc.sql("UPDATE demo_catalogue SET written = ? WHERE id = 1")
                .param(after)
                .update();
        return after - before;
    }
}
