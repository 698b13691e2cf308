package dev.breakwater.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoProductsTest {

    @Test
    void the_same_number_is_always_the_same_product() {
        assertThat(DemoProducts.number(4_711)).isEqualTo(DemoProducts.number(4_711));
        assertThat(DemoProducts.number(1).sku()).isEqualTo("SKU-000001");
        assertThat(DemoProducts.number(10_000).sku()).isEqualTo("SKU-010000");
    }

    @Test
    void ten_thousand_products_fill_twenty_categories_evenly_within_their_prices() {
        var categories = DemoCategory.ALL.stream().collect(Collectors.toMap(DemoCategory::name, each -> each));
        var products =
                IntStream.rangeClosed(1, 10_000).mapToObj(DemoProducts::number).toList();
        assertThat(products.stream()
                        .collect(Collectors.groupingBy(DemoProduct::category, Collectors.counting()))
                        .values())
                .hasSize(20)
                .containsOnly(500L);
        assertThat(products).allSatisfy(product -> {
            var category = categories.get(product.category());
            assertThat(category).isNotNull();
            assertThat(product.priceMinor()).isBetween(1L, category.dearest());
            assertThat(product.name()).hasSizeBetween(8, 80);
        });
        assertThat(products.stream().map(DemoProduct::name).distinct().count()).isGreaterThan(8_000);
    }
}
