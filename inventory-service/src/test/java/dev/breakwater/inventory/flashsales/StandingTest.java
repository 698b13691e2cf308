package dev.breakwater.inventory.flashsales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.flashsales.FlashSale.Standing;
import dev.breakwater.inventory.flashsales.FlashSale.State;
import dev.breakwater.inventory.stock.Sku;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Instant STARTS = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-20T09:00:00Z");
    private static final FlashSale SALE =
            new FlashSale(new UUID(0, 1), new Sku("TEA"), 900, "CNY", 10, 1, STARTS, ENDS);

    @Test
    void a_sale_is_open_from_its_start_until_just_before_its_end() {
        assertThat(at(STARTS.minusNanos(1_000), 10).state()).isEqualTo(State.SCHEDULED);
        assertThat(at(STARTS, 10).state()).isEqualTo(State.OPEN);
        assertThat(at(ENDS.minusNanos(1_000), 1).state()).isEqualTo(State.OPEN);
        assertThat(at(ENDS, 1).state()).isEqualTo(State.ENDED);
    }

    @Test
    void it_is_sold_out_only_while_it_could_be_open() {
        assertThat(at(STARTS, 0).state()).isEqualTo(State.SOLD_OUT);
        assertThat(at(ENDS, 0).state()).isEqualTo(State.ENDED);
    }

    @Test
    void one_that_was_closed_has_ended_whatever_the_clock_says() {
        assertThat(new Standing(SALE, 0, true, STARTS).state()).isEqualTo(State.ENDED);
    }

    @Test
    void after_the_end_nothing_is_for_sale_even_before_it_is_given_back() {
        assertThat(at(STARTS.minusSeconds(1), 10).forSale()).isEqualTo(10);
        assertThat(at(STARTS, 4).forSale()).isEqualTo(4);
        assertThat(at(ENDS, 4).forSale()).isZero();
    }

    private static Standing at(Instant moment, long remaining) {
        return new Standing(SALE, remaining, false, moment);
    }
}
