package dev.breakwater.inventory.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.reservations.StockCommand.Commit;
import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.reservations.StockCommand.Release;
import dev.breakwater.inventory.reservations.StockCommand.Reserve;
import dev.breakwater.inventory.stock.Balance;
import dev.breakwater.inventory.stock.ExpectedStock;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.Stock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionsTest {

    private static final Sku TEA = new Sku("TEA");
    private static final Sku CUP = new Sku("CUP");
    private static final UUID ORDER = new UUID(0, 1);

    private final Stock stock = new ExpectedStock(Map.of(TEA, delivered(10), CUP, delivered(2)));
    private final Decisions decisions = new Decisions(Map.of(), stock);

    @Test
    void stock_that_is_there_is_reserved() {
        assertThat(decisions.decide(reserve(ORDER, new Line(TEA, 3), new Line(CUP, 2))))
                .isEqualTo(new Answer.StockReserved(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(10, 3, 0, 0));
        assertThat(stock.balance(CUP)).isEqualTo(new Balance(2, 2, 0, 0));
    }

    @Test
    void one_missing_product_holds_back_the_whole_order() {
        assertThat(decisions.decide(reserve(ORDER, new Line(TEA, 3), new Line(CUP, 3))))
                .isEqualTo(new Answer.StockRejected(ORDER, CUP));
        assertThat(stock.balance(TEA)).isEqualTo(delivered(10));
        assertThat(stock.balance(CUP)).isEqualTo(delivered(2));
    }

    @Test
    void an_unknown_product_is_out_of_stock() {
        var unknown = new Sku("UNKNOWN");
        assertThat(decisions.decide(reserve(ORDER, new Line(unknown, 1))))
                .isEqualTo(new Answer.StockRejected(ORDER, unknown));
    }

    @Test
    void orders_are_served_in_the_order_of_their_arrival() {
        var second = new UUID(0, 2);
        var third = new UUID(0, 3);
        assertThat(decisions.decide(reserve(ORDER, new Line(CUP, 1)))).isEqualTo(new Answer.StockReserved(ORDER));
        assertThat(decisions.decide(reserve(second, new Line(CUP, 2))))
                .isEqualTo(new Answer.StockRejected(second, CUP));
        assertThat(decisions.decide(reserve(third, new Line(CUP, 1)))).isEqualTo(new Answer.StockReserved(third));
    }

    @Test
    void reserved_stock_is_sold_by_a_commit() {
        decisions.decide(reserve(ORDER, new Line(TEA, 3)));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockCommitted(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(7, 0, 0, 3));
    }

    @Test
    void a_release_gives_back_what_is_reserved() {
        decisions.decide(reserve(ORDER, new Line(TEA, 3)));
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(delivered(10));
    }

    @Test
    void a_release_takes_sold_goods_back_into_stock() {
        decisions.decide(reserve(ORDER, new Line(TEA, 3)));
        decisions.decide(new Commit(ORDER));
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(delivered(10));
    }

    @Test
    void a_release_that_comes_first_makes_the_late_reserve_fail() {
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(reserve(ORDER, new Line(TEA, 3)))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(delivered(10));
    }

    @Test
    void a_repeated_command_is_answered_by_what_is_recorded_now() {
        var reserve = reserve(ORDER, new Line(TEA, 3));
        decisions.decide(reserve);
        assertThat(decisions.decide(reserve)).isEqualTo(new Answer.StockReserved(ORDER));
        decisions.decide(new Commit(ORDER));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockCommitted(ORDER));
        assertThat(decisions.decide(reserve)).isEqualTo(new Answer.StockCommitted(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(7, 0, 0, 3));
    }

    @Test
    void a_rejected_order_stays_rejected_and_its_release_is_answered() {
        var reserve = reserve(ORDER, new Line(CUP, 3));
        decisions.decide(reserve);
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockRejected(ORDER, CUP));
        assertThat(decisions.decide(reserve)).isEqualTo(new Answer.StockRejected(ORDER, CUP));
        assertThat(decisions.changed().get(ORDER)).isInstanceOf(Reservation.Rejected.class);
    }

    @Test
    void what_was_never_reserved_cannot_be_sold() {
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.NothingReserved(ORDER));
        assertThat(decisions.changed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void whatever_the_order_of_commands_nothing_is_oversold_and_the_sums_hold(long seed) {
        var random = new Random(seed);
        var skus = IntStream.range(0, 5).mapToObj(n -> new Sku("S" + n)).toList();
        var balances = new HashMap<Sku, Balance>();
        skus.forEach(sku -> balances.put(sku, delivered(random.nextInt(60))));
        var stock = new ExpectedStock(balances);
        Map<UUID, Reservation> known = new HashMap<>();
        for (var batch = 0; batch < 20; batch++) {
            var decisions = new Decisions(known, stock);
            for (var n = 0; n < 50; n++) {
                decisions.decide(anyCommand(random, skus));
                for (var sku : skus) {
                    var balance = balanceOf(stock, sku);
                    assertThat(balance.available()).isNotNegative();
                    assertThat(balance.received())
                            .isEqualTo(balances.getOrDefault(sku, Balance.ZERO).onHand());
                }
            }
            known.putAll(decisions.changed());
        }
        for (var sku : skus) {
            assertThat(balanceOf(stock, sku).reserved()).isEqualTo(held(known, sku, Reservation.Reserved.class));
            assertThat(balanceOf(stock, sku).sold()).isEqualTo(held(known, sku, Reservation.Committed.class));
        }
    }

    private static StockCommand anyCommand(Random random, List<Sku> skus) {
        var order = new UUID(0, random.nextInt(150));
        return switch (random.nextInt(5)) {
            case 0 -> new Commit(order);
            case 1 -> new Release(order);
            default ->
                new Reserve(
                        order,
                        skus.stream()
                                .filter(sku -> random.nextInt(3) == 0)
                                .map(sku -> new Line(sku, 1 + random.nextInt(6)))
                                .toList());
        };
    }

    private static long held(Map<UUID, Reservation> known, Sku sku, Class<? extends Reservation> state) {
        return known.values().stream()
                .filter(state::isInstance)
                .flatMap(reservation -> switch (reservation) {
                    case Reservation.Reserved reserved -> reserved.lines().stream();
                    case Reservation.Committed committed -> committed.lines().stream();
                    case Reservation.Rejected rejected -> Stream.<Line>of();
                    case Reservation.Released released -> Stream.<Line>of();
                })
                .filter(line -> line.sku().equals(sku))
                .mapToLong(Line::quantity)
                .sum();
    }

    private static Balance balanceOf(Stock stock, Sku sku) {
        var balance = stock.balance(sku);
        return balance == null ? Balance.ZERO : balance;
    }

    private static Reserve reserve(UUID order, Line... lines) {
        return new Reserve(order, List.of(lines));
    }

    private static Balance delivered(long pieces) {
        return new Balance(pieces, 0, 0, 0);
    }
}
