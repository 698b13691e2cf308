package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.stock.Availability;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Contracts;
import dev.breakwater.platform.testing.KeptMessages;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProductContractTest {

    @Test
    void a_changed_product_is_announced_as_the_sample_says() {
        var json = JsonMapper.builder().build();
        var outgoing = ProductChanged.of(new Product(
                "SKU-000001", "Enamel Kettle, 1.2 l", "It boils.", "kitchen", 12_900, "CNY", Availability.IN_STOCK, 3));
        assertThat(outgoing.topic()).isEqualTo(Topics.INVENTORY_PRODUCTS);
        assertThat(outgoing.key()).isEqualTo("SKU-000001");
        assertThat(outgoing.type()).isEqualTo("ProductChanged");
        assertThat(json.readTree(json.writeValueAsBytes(outgoing.payload())))
                .isEqualTo(json.readTree(Contracts.sample(Topics.INVENTORY_PRODUCTS, "ProductChanged", 1)));
    }

    @Test
    void a_change_that_the_release_before_announces_is_heard() {
        assertThat(KeptMessages.on(Topics.INVENTORY_PRODUCTS))
                .extracting(event -> Message.of(event).as(ProductChanged.class))
                .containsExactly(new ProductChanged(
                        "SKU-000001", "Enamel Kettle, 1.2 l", "kitchen", 12_900, "CNY", Availability.IN_STOCK, 3));
    }
}
