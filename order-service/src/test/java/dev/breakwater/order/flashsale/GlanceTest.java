package dev.breakwater.order.flashsale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.flashsale.RedisDoor.Holders;
import dev.breakwater.order.flashsale.RedisDoor.Standing;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GlanceTest {

    private static final long BEGAN = 1_000_000_000;
    private static final long SOON = BEGAN + Duration.ofMillis(10).toNanos();
    private static final Sale SALE = SaleTest.sale(UUID.randomUUID());
    private static final UUID ORDER = SALE.orderId("alice", "key");
    private static final UUID OTHER = SALE.orderId("bob", "key");

    @Test
    void before_the_opening_nobody_asks_redis() {
        var early = glance(SALE.startMicros() - 1_000_000, 100, null);
        assertThat(early.remembered(ORDER, SOON)).isEqualTo(new Admission.NotOpen());
    }

    @Test
    void close_to_the_opening_redis_decides() {
        var close = glance(SALE.startMicros() - 5_000, 100, null);
        assertThat(close.remembered(ORDER, SOON)).isNull();
    }

    @Test
    void sold_out_is_said_from_memory_but_not_to_one_who_has_a_place() {
        var soldOut = glance(SALE.startMicros(), 0, new Holders(7, Set.of(OTHER)));
        assertThat(soldOut.remembered(ORDER, SOON)).isEqualTo(new Admission.SoldOut());
        assertThat(soldOut.remembered(OTHER, SOON)).isNull();
    }

    @Test
    void who_has_a_place_must_be_known_as_of_the_same_version() {
        assertThat(glance(SALE.startMicros(), 0, new Holders(6, Set.of())).remembered(ORDER, SOON))
                .isNull();
        assertThat(glance(SALE.startMicros(), 0, null).remembered(ORDER, SOON)).isNull();
    }

    @Test
    void while_there_is_something_left_redis_decides() {
        assertThat(glance(SALE.startMicros(), 1, new Holders(7, Set.of())).remembered(ORDER, SOON))
                .isNull();
    }

    @Test
    void after_the_end_the_sale_has_ended_sold_out_or_not() {
        assertThat(glance(SALE.endMicros(), 0, new Holders(7, Set.of())).remembered(ORDER, SOON))
                .isEqualTo(new Admission.Ended());
        assertThat(glance(SALE.endMicros(), 5, new Holders(7, Set.of())).remembered(ORDER, SOON))
                .isEqualTo(new Admission.Ended());
    }

    @Test
    void what_was_seen_too_long_ago_says_nothing() {
        var soldOut = glance(SALE.startMicros(), 0, new Holders(7, Set.of()));
        assertThat(soldOut.remembered(ORDER, BEGAN + Duration.ofSeconds(1).toNanos()))
                .isNull();
    }

    private static Glance glance(long micros, long remaining, @Nullable Holders holders) {
        return new Glance(new Epoch(SALE, 1), BEGAN, new Standing(true, micros, remaining, 7, 0), holders);
    }
}
