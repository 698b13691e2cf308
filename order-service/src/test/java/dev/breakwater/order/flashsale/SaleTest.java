package dev.breakwater.order.flashsale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Contracts;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SaleTest {

    private static final Instant STARTS = Instant.parse("2026-11-20T08:00:00Z");
    private static final UUID ID = UUID.fromString("0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e11");

    @Test
    void an_order_has_one_id_for_its_customer_sale_and_key() {
        var id = sale(ID).orderId("alice", "key");
        assertThat(sale(ID).orderId("alice", "key")).isEqualTo(id);
        assertThat(sale(ID).orderId("alice", "kez")).isNotEqualTo(id);
        assertThat(sale(ID).orderId("Alice", "key")).isNotEqualTo(id);
        assertThat(sale(UUID.randomUUID()).orderId("alice", "key")).isNotEqualTo(id);
    }

    @Test
    void the_id_is_of_version_8_and_begins_with_the_start_of_its_sale() {
        var id = sale(ID).orderId("alice", "key");
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(STARTS.toEpochMilli());
    }

    @Test
    void a_key_and_a_customer_cannot_be_shifted_into_each_other() {
        // A key has no line breaks, and a customer may.
        assertThat(sale(ID).orderId("bc", "a")).isNotEqualTo(sale(ID).orderId("c", "ab"));
        assertThat(sale(ID).orderId("b\nc", "a")).isNotEqualTo(sale(ID).orderId("c", "a"));
    }

    @Test
    void moments_are_counted_in_microseconds_and_back() {
        var moment = Instant.parse("2026-11-20T08:00:00.123456Z");
        assertThat(Sale.instant(Sale.micros(moment))).isEqualTo(moment);
        assertThat(Sale.instant(Sale.micros(Instant.parse("1969-12-31T23:59:59.999999Z"))))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }

    @Test
    void an_announcement_is_read_as_its_sender_writes_it() {
        var sample = Contracts.sample(Topics.INVENTORY_FLASH_SALES, "FlashSaleAnnounced", 1);
        var message = new Message(
                UUID.randomUUID(), Topics.INVENTORY_FLASH_SALES, "key", "FlashSaleAnnounced", 1, sample, null);
        assertThat(message.as(Sale.class))
                .isEqualTo(new Sale(
                        ID, "SKU-000001", 9_900, "CNY", 100, 2, STARTS, Instant.parse("2026-11-20T09:00:00.5Z")));
    }

    static Sale sale(UUID id) {
        return new Sale(id, "LAMP-1", 9_900, "CNY", 100, 2, STARTS, STARTS.plusSeconds(3_600));
    }
}
