package dev.breakwater.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

    @Test
    void percentiles_are_of_the_accepted_alone() {
        var figures = new Figures(200);
        for (var millis = 1; millis <= 100; millis++) {
            figures.accepted(millis * 1_000_000L);
            figures.refused("503 shed");
        }
        assertThat(figures.percentileMillis(50)).isEqualTo(50.0);
        assertThat(figures.percentileMillis(99)).isEqualTo(99.0);
        assertThat(figures.refusals()).containsEntry("503 shed", 100L);
        assertThat(figures.done()).isEqualTo(200);
    }

    @Test
    void the_bar_is_as_full_as_the_work_is_done() {
        assertThat(ProgressBar.bar(250, 1_000)).startsWith("[##########   ").contains("25 %  250 of 1000");
        assertThat(ProgressBar.bar(1_000, 1_000)).contains("100 %").doesNotContain(" ]");
    }

    @Test
    void an_order_has_one_to_three_different_products_of_the_catalogue() {
        for (var seed = 0; seed < 100; seed++) {
            var items =
                    JsonMapper.shared().readTree(Buyers.body(new Random(seed))).path("items");
            assertThat(items.size()).isBetween(1, 3);
            assertThat(items.valueStream().map(item -> item.path("sku").asString()))
                    .doesNotHaveDuplicates()
                    .allMatch(sku -> sku.matches("SKU-0\\d{5}"));
        }
    }
}
