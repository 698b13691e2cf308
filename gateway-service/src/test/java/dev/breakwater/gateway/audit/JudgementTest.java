package dev.breakwater.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.audit.Ledgers.Bank;
import dev.breakwater.gateway.audit.Ledgers.Events;
import dev.breakwater.gateway.audit.Ledgers.InventoryLedger;
import dev.breakwater.gateway.audit.Ledgers.OrderLedger;
import dev.breakwater.gateway.audit.Ledgers.Orders;
import dev.breakwater.gateway.audit.Ledgers.PaymentLedger;
import dev.breakwater.gateway.audit.Ledgers.Payments;
import dev.breakwater.gateway.audit.Ledgers.Stock;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Orders ORDERS = new Orders(6, 0, 0, 3, 1, 2);
    private static final Stock STOCK = new Stock(100, 95, 0, 0, 5);
    private static final Payments PAYMENTS = new Payments(900, 300, 0);
    private static final Bank BANK = new Bank(1000, 400, 0);
    private static final Events NONE = new Events(0, 0, 0, 0);
    private static final long CONFIRMED_MINOR = 600;

    @Test
    void ledgers_that_agree_break_nothing() {
        assertThat(Judgement.of(ledgers(ORDERS, STOCK, PAYMENTS, BANK, NONE), true))
                .isEmpty();
    }

    @Test
    void an_order_that_is_neither_open_nor_ended_is_missed() {
        assertThat(atRest(new Orders(7, 0, 0, 3, 1, 2), STOCK, PAYMENTS, BANK, NONE))
                .containsExactly("The orders accepted (7) should be those confirmed, rejected or cancelled (6).");
    }

    @Test
    void stock_that_is_neither_there_nor_sold_is_missed() {
        assertThat(atRest(ORDERS, new Stock(100, 94, 0, 0, 5), PAYMENTS, BANK, NONE))
                .containsExactly("The stock received (100) should be what is on hand or sold (99).");
    }

    @Test
    void stock_that_is_reserved_for_no_order_is_found() {
        assertThat(atRest(ORDERS, new Stock(100, 95, 2, 0, 5), PAYMENTS, BANK, NONE))
                .containsExactly("The stock reserved (2) should be nothing, for no order is open (0).");
    }

    @Test
    void money_of_which_the_bank_knows_something_else_is_found() {
        assertThat(atRest(ORDERS, STOCK, PAYMENTS, new Bank(1001, 400, 0), NONE))
                .containsExactly("The money captured and not refunded (600) should be what the bank says (601).");
    }

    @Test
    void money_that_no_confirmed_order_explains_is_found() {
        var ledgers = new Ledgers(
                new OrderLedger(ORDERS, 500, NONE, List.of()),
                new InventoryLedger(STOCK, NONE, List.of()),
                new PaymentLedger(PAYMENTS, BANK, NONE, List.of()));

        assertThat(Judgement.of(ledgers, true))
                .containsExactly(
                        "The money captured and not refunded (600) should be the sum of the confirmed orders (500).");
    }

    @Test
    void a_message_that_was_given_up_is_found() {
        assertThat(atRest(ORDERS, STOCK, PAYMENTS, BANK, new Events(0, 0, 1, 0)))
                .containsExactly("The messages given up as dead letters (3) should be none (0).");
    }

    @Test
    void what_holds_only_at_rest_is_not_judged_before() {
        assertThat(Judgement.of(
                        ledgers(
                                new Orders(9, 1, 0, 3, 1, 2),
                                new Stock(100, 94, 2, 0, 5),
                                PAYMENTS,
                                new Bank(1001, 400, 0),
                                new Events(1, 1, 1, 1)),
                        false))
                .isEmpty();
    }

    @Test
    void a_double_charge_is_wrong_at_every_moment() {
        assertThat(Judgement.of(ledgers(ORDERS, STOCK, PAYMENTS, new Bank(1000, 400, 2), NONE), false))
                .containsExactly("The bank charged 2 payments more than once.");
    }

    @Test
    void a_negative_figure_is_wrong_at_every_moment() {
        assertThat(Judgement.of(ledgers(ORDERS, new Stock(100, -1, 0, 0, 5), PAYMENTS, BANK, NONE), false))
                .containsExactly("stock.onHand is negative: -1.");
    }

    @Test
    void more_refunded_than_captured_is_wrong_at_every_moment() {
        assertThat(Judgement.of(ledgers(ORDERS, STOCK, new Payments(300, 301, 0), BANK, NONE), false))
                .containsExactly("More was refunded (301) than was captured (300).");
    }

    @Test
    void what_a_service_found_wrong_itself_is_always_told() {
        var ledgers = new Ledgers(
                new OrderLedger(ORDERS, CONFIRMED_MINOR, NONE, List.of("a")),
                new InventoryLedger(STOCK, NONE, List.of("b")),
                new PaymentLedger(PAYMENTS, BANK, NONE, List.of("c")));

        assertThat(Judgement.of(ledgers, false)).containsExactly("a", "b", "c");
    }

    @Test
    void anything_under_way_is_no_rest() {
        assertThat(ledgers(ORDERS, STOCK, PAYMENTS, BANK, NONE).atRest()).isTrue();
        assertThat(ledgers(new Orders(6, 1, 0, 3, 1, 2), STOCK, PAYMENTS, BANK, NONE)
                        .atRest())
                .isFalse();
        assertThat(ledgers(new Orders(6, 0, 1, 3, 1, 2), STOCK, PAYMENTS, BANK, NONE)
                        .atRest())
                .isFalse();
        assertThat(ledgers(ORDERS, STOCK, new Payments(900, 300, 1), BANK, NONE).atRest())
                .isFalse();
        assertThat(ledgers(ORDERS, STOCK, PAYMENTS, BANK, new Events(1, 0, 0, 0))
                        .atRest())
                .isFalse();
        assertThat(ledgers(ORDERS, STOCK, PAYMENTS, BANK, new Events(0, 1, 0, 0))
                        .atRest())
                .isFalse();
        assertThat(ledgers(ORDERS, STOCK, PAYMENTS, BANK, new Events(0, 0, 0, 1))
                        .atRest())
                .isFalse();
        assertThat(ledgers(ORDERS, STOCK, PAYMENTS, BANK, new Events(0, 0, 0, -1))
                        .atRest())
                .as("a lag that is not known")
                .isFalse();
    }

    private static List<String> atRest(Orders orders, Stock stock, Payments payments, Bank bank, Events events) {
        return Judgement.of(ledgers(orders, stock, payments, bank, events), true);
    }

    private static Ledgers ledgers(Orders orders, Stock stock, Payments payments, Bank bank, Events events) {
        return new Ledgers(
                new OrderLedger(orders, CONFIRMED_MINOR, events, List.of()),
                new InventoryLedger(stock, events, List.of()),
                new PaymentLedger(payments, bank, events, List.of()));
    }
}
