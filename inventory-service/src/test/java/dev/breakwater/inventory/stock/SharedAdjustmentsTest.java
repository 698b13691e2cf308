package dev.breakwater.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.breakwater.inventory.stock.AdjustmentOutcome.BelowZero;
import dev.breakwater.inventory.stock.AdjustmentOutcome.KeyReused;
import dev.breakwater.inventory.stock.AdjustmentOutcome.UnknownProduct;
import dev.breakwater.platform.persistence.Figures;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@InventorySlice
class SharedAdjustmentsTest {

    private final SharedAdjustments adjustments;
    private final Calls calls;
    private final JdbcClient jdbc;
    private final Figures figures;

    @Autowired
    SharedAdjustmentsTest(SharedAdjustments adjustments, @LocalServerPort int port, JdbcClient jdbc, Figures figures) {
        this.adjustments = adjustments;
        this.calls = new Calls(port);
        this.jdbc = jdbc;
        this.figures = figures;
    }

    @Test
    void each_request_of_a_batch_has_the_outcome_it_would_have_had_alone() {
        var tea = new Sku(calls.product("tea", 0));
        var cup = new Sku(calls.product("tableware", 0));
        var unknown = new Sku("T-" + UUID.randomUUID());
        var before = adjustments.write(List.of(request(cup, "earlier", 3)));
        var received = figures.read().getOrDefault(StockFigures.RECEIVED, 0L);

        var outcomes = adjustments.write(List.of(
                request(tea, "delivery", 10),
                request(unknown, "delivery", 10),
                request(tea, "lost", -11),
                request(cup, "earlier", 3),
                request(tea, "delivery", 10),
                request(tea, "delivery", 11),
                request(cup, "earlier", 4),
                request(tea, "more", 1),
                request(tea, "lost", -11),
                request(cup, "delivery", 5)));

        assertThat(outcomes)
                .containsExactly(
                        new Adjusted(level(tea, 10), false),
                        new UnknownProduct(),
                        new BelowZero(),
                        new Adjusted(level(cup, 3), true),
                        new Adjusted(level(tea, 10), true),
                        new KeyReused(),
                        new KeyReused(),
                        new Adjusted(level(tea, 11), false),
                        // What was refused did not use its key up, and by now there is enough.
                        new Adjusted(level(tea, 0), false),
                        new Adjusted(level(cup, 8), false));
        assertThat(before).containsExactly(new Adjusted(level(cup, 3), false));
        assertThat(calls.stock(tea.value())).isEqualTo("0/0");
        assertThat(calls.stock(cup.value())).isEqualTo("8/0");
        assertThat(ledger(tea)).containsExactly("1:10:10", "2:1:11", "3:-11:0");
        assertThat(ledger(cup)).containsExactly("1:3:3", "2:5:8");
        assertThat(keys(tea)).containsExactly("delivery", "lost", "more");
        assertThat(keys(unknown)).isEmpty();
        assertThat(figures.read().getOrDefault(StockFigures.RECEIVED, 0L) - received)
                .isEqualTo(5);
    }

    @Test
    void a_batch_of_refusals_writes_nothing_at_all() {
        var tea = new Sku(calls.product("tea", 0));
        var unknown = new Sku("T-" + UUID.randomUUID());
        assertThat(adjustments.write(List.of(request(tea, "a", -1), request(unknown, "b", 1), request(tea, "c", -2))))
                .containsExactly(new BelowZero(), new UnknownProduct(), new BelowZero());
        assertThat(ledger(tea)).isEmpty();
        assertThat(keys(tea)).isEmpty();
    }

    private static RequestedAdjustment request(Sku sku, String key, long delta) {
        return RequestedAdjustment.of(sku, "root", key, new StockAdjustment(delta, "counted"));
    }

    private static StockLevel level(Sku sku, long onHand) {
        return new StockLevel(sku.value(), onHand, 0, onHand);
    }

    private List<@Nullable String> ledger(Sku sku) {
        return jdbc.sql("""
                        SELECT CONCAT(seq, ':', on_hand_change, ':', on_hand)
                          FROM stock_ledger
                         WHERE sku = ?
                         ORDER BY seq
                        """).param(sku.value()).query(String.class).list();
    }

    private List<@Nullable String> keys(Sku sku) {
        return jdbc.sql("SELECT idempotency_key FROM idempotency_keys WHERE scope = ? ORDER BY idempotency_key")
                .param("POST /products/" + sku + "/stock")
                .query(String.class)
                .list();
    }
}
