package dev.breakwater.inventory.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.flashsales.SaleStock;
import dev.breakwater.inventory.reservations.StockCommand.CloseSale;
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
    private static final UUID SALE = new UUID(0, 99);

    private final Stock stock = new ExpectedStock(Map.of(TEA, new Balance(14, 0, 4, 0), CUP, delivered(2)));
    private final SaleStock sales = new SaleStock(Map.of(SALE, new SaleStock.Left(TEA, 4, 0, false)));
    private final Decisions decisions = new Decisions(Map.of(), stock, sales);

    @Test
    void stock_that_is_there_is_reserved() {
        assertThat(decisions.decide(reserve(ORDER, new Line(TEA, 3), new Line(CUP, 2))))
                .isEqualTo(new Answer.StockReserved(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 3, 4, 0));
        assertThat(stock.balance(CUP)).isEqualTo(new Balance(2, 2, 0, 0));
    }

    @Test
    void one_missing_product_holds_back_the_whole_order() {
        assertThat(decisions.decide(reserve(ORDER, new Line(TEA, 3), new Line(CUP, 3))))
                .isEqualTo(new Answer.StockRejected(ORDER, CUP));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 4, 0));
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
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(11, 0, 4, 3));
    }

    @Test
    void a_release_gives_back_what_is_reserved() {
        decisions.decide(reserve(ORDER, new Line(TEA, 3)));
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 4, 0));
    }

    @Test
    void a_release_takes_sold_goods_back_into_stock() {
        decisions.decide(reserve(ORDER, new Line(TEA, 3)));
        decisions.decide(new Commit(ORDER));
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 4, 0));
    }

    @Test
    void a_release_that_comes_first_makes_the_late_reserve_fail() {
        assertThat(decisions.decide(new Release(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(reserve(ORDER, new Line(TEA, 3)))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockReleased(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 4, 0));
    }

    @Test
    void a_repeated_command_is_answered_by_what_is_recorded_now() {
        var reserve = reserve(ORDER, new Line(TEA, 3));
        decisions.decide(reserve);
        assertThat(decisions.decide(reserve)).isEqualTo(new Answer.StockReserved(ORDER));
        decisions.decide(new Commit(ORDER));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockCommitted(ORDER));
        assertThat(decisions.decide(reserve)).isEqualTo(new Answer.StockCommitted(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(11, 0, 4, 3));
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

    @Test
    void an_order_of_a_sale_is_served_from_what_is_set_aside() {
        assertThat(decisions.decide(ofSale(ORDER, 3))).isEqualTo(new Answer.StockReserved(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 3, 1, 0));
        assertThat(decisions.decide(new Commit(ORDER))).isEqualTo(new Answer.StockCommitted(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(11, 0, 1, 3));
    }

    @Test
    void nobody_has_more_of_a_sale_than_is_left_of_it_however_much_the_product_has() {
        var second = new UUID(0, 2);
        decisions.decide(ofSale(ORDER, 3));
        assertThat(decisions.decide(ofSale(second, 2))).isEqualTo(new Answer.StockRejected(second, TEA));
        var ofNoSale = new Reserve(new UUID(0, 3), List.of(new Line(TEA, 1)), new UUID(0, 98));
        assertThat(decisions.decide(ofNoSale)).isEqualTo(new Answer.StockRejected(new UUID(0, 3), TEA));
        var ofAnotherProduct = new Reserve(new UUID(0, 4), List.of(new Line(CUP, 1)), SALE);
        assertThat(decisions.decide(ofAnotherProduct)).isEqualTo(new Answer.StockRejected(new UUID(0, 4), CUP));
    }

    @Test
    void what_is_released_while_the_sale_goes_on_is_the_sales_again() {
        decisions.decide(ofSale(ORDER, 4));
        decisions.decide(new Release(ORDER));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 4, 0));
        var second = new UUID(0, 2);
        decisions.decide(ofSale(second, 4));
        decisions.decide(new Commit(second));
        decisions.decide(new Release(second));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 4, 0));
        assertThat(decisions.decide(ofSale(new UUID(0, 3), 4))).isEqualTo(new Answer.StockReserved(new UUID(0, 3)));
    }

    @Test
    void a_closed_sale_gives_back_what_is_left_and_later_returns_are_the_products() {
        var sold = new UUID(0, 2);
        decisions.decide(ofSale(ORDER, 1));
        decisions.decide(ofSale(sold, 1));
        decisions.decide(new Commit(sold));
        assertThat(decisions.decide(new CloseSale(SALE))).isEqualTo(new Answer.SaleClosed(SALE));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(13, 1, 0, 1));
        assertThat(decisions.decide(new CloseSale(SALE))).isEqualTo(new Answer.SaleClosed(SALE));
        decisions.decide(new Release(ORDER));
        decisions.decide(new Release(sold));
        assertThat(stock.balance(TEA)).isEqualTo(new Balance(14, 0, 0, 0));
        var late = new UUID(0, 3);
        assertThat(decisions.decide(ofSale(late, 1))).isEqualTo(new Answer.StockRejected(late, TEA));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void whatever_happens_to_the_orders_of_a_sale_sold_and_returned_are_its_quantity(long seed) {
        var random = new Random(seed);
        Map<UUID, Reservation> known = new HashMap<>();
        var decisions = new Decisions(known, stock, sales);
        for (var n = 0; n < 200; n++) {
            var order = new UUID(0, random.nextInt(12));
            decisions.decide(
                    switch (random.nextInt(n < 150 ? 4 : 5)) {
                        case 0 -> new Commit(order);
                        case 1 -> new Release(order);
                        case 4 -> new CloseSale(SALE);
                        default -> ofSale(order, 1 + random.nextInt(2));
                    });
            var balance = balanceOf(stock, TEA);
            assertThat(balance.received()).isEqualTo(14);
            assertThat(balance.setAside() + balance.reserved() + balance.sold()).isLessThanOrEqualTo(4);
        }
        decisions.decide(new CloseSale(SALE));
        var end = balanceOf(stock, TEA);
        assertThat(end.setAside()).isZero();
        assertThat(end.available() + end.reserved() + end.sold()).isEqualTo(14);
    }

    private static Reserve ofSale(UUID order, int pieces) {
        return new Reserve(order, List.of(new Line(TEA, pieces)), SALE);
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
            var decisions = new Decisions(known, stock, SaleStock.none());
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
