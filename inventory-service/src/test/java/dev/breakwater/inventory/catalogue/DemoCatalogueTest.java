package dev.breakwater.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.products.ProductImport;
import dev.breakwater.platform.persistence.Transactions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@InventorySlice
class DemoCatalogueTest {

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final ProductImport products;

    @Autowired
    DemoCatalogueTest(JdbcClient jdbc, Transactions transactions, ProductImport products) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.products = products;
    }

    @Test
    void instances_that_start_at_once_write_each_product_once_and_a_rerun_none() {
        start();
        assertThat(written()).isEqualTo(List.of(2_500L, 250_000_000L, 2_500L));
        start();
        assertThat(written()).isEqualTo(List.of(2_500L, 250_000_000L, 2_500L));
    }

    private void start() {
        Stream.generate(() -> new DemoCatalogue(jdbc, transactions, products, new CatalogueProperties(2_500)))
                .limit(2)
                .map(instance -> CompletableFuture.runAsync(instance::afterSingletonsInstantiated))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private List<Long> written() {
        return List.of(
                count("SELECT COUNT(*) FROM products WHERE sku LIKE 'SKU-%' AND availability = 'IN_STOCK'"),
                count("SELECT SUM(on_hand) FROM stock WHERE sku LIKE 'SKU-%'"),
                count("SELECT COUNT(*) FROM stock_ledger WHERE sku LIKE 'SKU-%' AND reason = 'delivery'"));
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
