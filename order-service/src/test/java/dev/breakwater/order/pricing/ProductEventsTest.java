package dev.breakwater.order.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.KeptMessages;
import org.junit.jupiter.api.Test;

class ProductEventsTest {

    @Test
    void the_price_that_the_release_before_tells_is_learnt() {
        assertThat(ProductEvents.decode(KeptMessages.on(Topics.INVENTORY_PRODUCTS)))
                .containsExactly(new Price("SKU-000001", 12_900, "CNY", 3));
    }
}
