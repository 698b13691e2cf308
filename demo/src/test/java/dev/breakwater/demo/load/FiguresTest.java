package dev.breakwater.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

    @Test
    void percentiles_are_of_the_accepted_alone() {
        var figures = new Figures();
        for (var millis = 1; millis <= 100; millis++) {
            figures.accepted(millis * 1_000_000L);
            figures.refused("503 shed");
        }
        assertThat(figures.percentileMillis(50)).isCloseTo(50.0, within(0.05));
        assertThat(figures.percentileMillis(99)).isCloseTo(99.0, within(0.05));
        assertThat(figures.refusals()).containsEntry("503 shed", 100L);
        assertThat(figures.done()).isEqualTo(200);
    }

    @Test
    void the_bar_is_as_full_as_the_work_is_done() {
        assertThat(ProgressBar.bar(250, 1_000, "orders"))
                .startsWith("[##########   ")
                .contains("25 %  250 of 1000 orders");
        assertThat(ProgressBar.bar(1_000, 1_000, "orders")).contains("100 %").doesNotContain(" ]");
    }

    @Test
    void an_order_has_one_to_three_different_products_of_the_catalogue() {
        for (var seed = 0; seed < 100; seed++) {
            var items = JsonMapper.shared()
                    .readTree(Buyers.body(new Random(seed), 10_000))
                    .path("items");
            assertThat(items.size()).isBetween(1, 3);
            assertThat(items.valueStream().map(item -> item.path("sku").asString()))
                    .doesNotHaveDuplicates()
                    .allMatch(sku -> sku.matches("SKU-0\\d{5}"));
        }
    }

    @Test
    void of_one_product_there_is_one_item() {
        for (var seed = 0; seed < 20; seed++) {
            var items = JsonMapper.shared()
                    .readTree(Buyers.body(new Random(seed), 1))
                    .path("items");
            assertThat(items.valueStream().map(item -> item.path("sku").asString()))
                    .containsExactly("SKU-000001");
        }
    }

    @Test
    void turns_end_with_the_number_of_orders() {
        var turns = new Turns(new Plan(2, null, 50, 1));
        assertThat(turns.next()).hasValue(0);
        assertThat(turns.next()).hasValue(1);
        assertThat(turns.next()).isEmpty();
    }

    @Test
    void turns_end_with_the_time() {
        assertThat(new Turns(new Plan(2, Duration.ofNanos(1), 50, 1)).next()).isEmpty();

        var turns = new Turns(new Plan(2, Duration.ofDays(1), 50, 1));
        for (var number = 0; number < 10; number++) {
            assertThat(turns.next()).hasValue(number);
        }
    }
}
