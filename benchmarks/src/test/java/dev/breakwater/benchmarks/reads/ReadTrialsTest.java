package dev.breakwater.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.Database;
import dev.breakwater.benchmarks.Finding;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On the real servers. */
class ReadTrialsTest {

    @Test
    void a_crowd_that_wants_an_expired_key_makes_one_load() throws Exception {
        assertThat(new CrowdTrial(2).run(line -> {}))
                .containsExactly(new Finding("most loads of a crowd", "1", "1", true));
    }

    @Test
    void the_rows_are_products_as_inventory_service_has_them_and_count_who_waits_for_them() throws Exception {
        try (var database = Database.fresh(2, "db/platform", "db/inventory-service")) {
            var rows = ProductRows.of(database, 100);

            var product = rows.load(ProductRows.key(100));
            ProductRows.asReader(() -> rows.load(ProductRows.key(1)));

            assertThat(new String(Objects.requireNonNull(product.body()), UTF_8))
                    .contains("\"sku\":\"SKU-100\"", "\"price_minor\":129900");
            assertThat(rows.loads()).isEqualTo(2);
            assertThat(rows.waitedFor()).isEqualTo(1);
        }
    }
}
