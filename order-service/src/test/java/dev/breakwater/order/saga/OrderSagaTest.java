package dev.breakwater.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderSagaTest {

    @Test
    void the_way_forward_is_reserve_pay_commit() {
        assertThat(walk(Trigger.STOCK_RESERVED, Trigger.PAYMENT_CAPTURED, Trigger.STOCK_COMMITTED))
                .isEqualTo(SagaState.CONFIRMED);
    }

    @Test
    void a_cancel_waits_for_the_answer_that_is_under_way() {
        assertThat(walk(Trigger.CANCEL_REQUESTED, Trigger.STOCK_REJECTED)).isEqualTo(SagaState.REJECTED);
        assertThat(walk(Trigger.CANCEL_REQUESTED, Trigger.STOCK_RESERVED, Trigger.STOCK_RELEASED))
                .isEqualTo(SagaState.CANCELLED);
        assertThat(walk(
                        Trigger.STOCK_RESERVED,
                        Trigger.CANCEL_REQUESTED,
                        Trigger.PAYMENT_CAPTURED,
                        Trigger.PAYMENT_REFUNDED,
                        Trigger.STOCK_RELEASED))
                .isEqualTo(SagaState.CANCELLED);
    }

    @Test
    void an_order_whose_payment_had_begun_does_not_time_out() {
        assertThat(walk(
                        Trigger.STOCK_RESERVED,
                        Trigger.STEP_TIMED_OUT,
                        Trigger.PAYMENT_CAPTURED,
                        Trigger.STOCK_COMMITTED))
                .isEqualTo(SagaState.CONFIRMED);
    }

    @Test
    void what_cannot_be_is_not_in_the_table() {
        assertThat(OrderSaga.step(SagaState.RESERVING, Trigger.STOCK_COMMITTED)).isEmpty();
        assertThat(OrderSaga.step(SagaState.CONFIRMED, Trigger.STOCK_REJECTED)).isEmpty();
        assertThat(OrderSaga.step(SagaState.REJECTED, Trigger.CANCEL_REQUESTED)).isEmpty();
        assertThat(OrderSaga.step(SagaState.RESERVING, Trigger.PAYMENT_CAPTURED))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "CANCELLED"})
    void what_comes_after_the_end_is_made_good(SagaState end) {
        var reserved = OrderSaga.step(end, Trigger.STOCK_RESERVED).orElseThrow();
        assertThat(reserved.next()).isEqualTo(end);
        assertThat(reserved.commands()).containsExactly(Command.RELEASE_STOCK);
        assertThat(reserved.late()).isTrue();
        var captured = OrderSaga.step(end, Trigger.PAYMENT_CAPTURED).orElseThrow();
        assertThat(captured.commands()).containsExactly(Command.REFUND_PAYMENT);
        assertThat(captured.late()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SagaState.class)
    void a_cancel_before_the_end_is_always_known(SagaState state) {
        var known = OrderSaga.known(state).contains(Trigger.CANCEL_REQUESTED);
        assertThat(known).isEqualTo(state != SagaState.REJECTED);
    }

    /**
     * Plays whole lives against a toy inventory and a toy payment that keep the services' promises, with every message
     * delayed, repeated and interleaved at random, and asks at the end for what must always hold: an order ends, money
     * and goods belong to confirmed orders and to no others.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_the_order_of_things_money_and_stock_end_where_they_belong(long seed) {
        var random = new Random(seed);
        var ends = EnumSet.noneOf(SagaState.class);
        for (var life = 0; life < 20_000; life++) {
            var world = new World(random);
            world.live();
            ends.add(world.state);
            assertThat(world.state.isInFlight()).as(world.story()).isFalse();
            if (world.state == SagaState.CONFIRMED) {
                assertThat(world.stock).as(world.story()).isEqualTo(Stock.COMMITTED);
                assertThat(world.payment).as(world.story()).isEqualTo(Payment.CAPTURED);
            } else {
                assertThat(world.stock).as(world.story()).isNotIn(Stock.RESERVED, Stock.COMMITTED);
                assertThat(world.payment).as(world.story()).isNotEqualTo(Payment.CAPTURED);
            }
        }
        assertThat(ends).containsExactlyInAnyOrder(SagaState.CONFIRMED, SagaState.REJECTED, SagaState.CANCELLED);
    }

    private static SagaState walk(Trigger... triggers) {
        var state = SagaState.RESERVING;
        for (var trigger : triggers) {
            state = OrderSaga.step(state, trigger).orElseThrow().next();
        }
        return state;
    }

    private enum Stock {
        UNKNOWN,
        RESERVED,
        REJECTED,
        COMMITTED,
        RELEASED
    }

    private enum Payment {
        UNKNOWN,
        CAPTURED,
        DECLINED,
        VOIDED,
        REFUNDED
    }

    private static final class World {

        private final Random random;
        private final List<String> story = new ArrayList<>();
        private final ArrayDeque<Command> toInventory = new ArrayDeque<>();
        private final ArrayDeque<Command> toPayment = new ArrayDeque<>();
        private final ArrayDeque<Trigger> fromInventory = new ArrayDeque<>();
        private final ArrayDeque<Trigger> fromPayment = new ArrayDeque<>();
        private SagaState state = SagaState.RESERVING;
        private Stock stock = Stock.UNKNOWN;
        private Payment payment = Payment.UNKNOWN;
        private int disturbances;

        World(Random random) {
            this.random = random;
            this.disturbances = random.nextInt(4);
            toInventory.add(Command.RESERVE_STOCK);
        }

        String story() {
            return String.join("\n", story);
        }

        void live() {
            while (disturbances > 0
                    || !toInventory.isEmpty()
                    || !toPayment.isEmpty()
                    || !fromInventory.isEmpty()
                    || !fromPayment.isEmpty()) {
                switch (random.nextInt(5)) {
                    case 0 -> inventory(next(toInventory));
                    case 1 -> payment(next(toPayment));
                    case 2 -> saga(next(fromInventory));
                    case 3 -> saga(next(fromPayment));
                    default -> disturb();
                }
            }
        }

        /**
         * Messages of one sender arrive in order; now and then one arrives twice in a row, as a command repeated would.
         */
        private <T> @Nullable T next(ArrayDeque<T> queue) {
            return random.nextInt(20) == 0 ? queue.peek() : queue.poll();
        }

        private void disturb() {
            if (disturbances > 0) {
                disturbances--;
                if (random.nextBoolean() && state != SagaState.REJECTED && state != SagaState.CANCELLED) {
                    saga(Trigger.CANCEL_REQUESTED);
                } else if (state.timesOut()) {
                    saga(Trigger.STEP_TIMED_OUT);
                }
            }
        }

        private void saga(@Nullable Trigger trigger) {
            if (trigger == null) {
                return;
            }
            var step = OrderSaga.step(state, trigger)
                    .orElseThrow(() -> new AssertionError(state + " refuses " + trigger + " after\n" + story()));
            story.add(state + " " + trigger + " -> " + step.next() + " " + step.commands());
            state = step.next();
            for (var command : step.commands()) {
                (command.name().endsWith("STOCK") ? toInventory : toPayment).add(command);
            }
        }

        private void inventory(@Nullable Command command) {
            if (command == null) {
                return;
            }
            switch (command) {
                case RESERVE_STOCK -> {
                    if (stock == Stock.UNKNOWN) {
                        stock = random.nextInt(4) == 0 ? Stock.REJECTED : Stock.RESERVED;
                    }
                    fromInventory.add(
                            switch (stock) {
                                case REJECTED -> Trigger.STOCK_REJECTED;
                                case RELEASED -> Trigger.STOCK_RELEASED;
                                default -> Trigger.STOCK_RESERVED;
                            });
                }
                case COMMIT_STOCK -> {
                    stock = Stock.COMMITTED;
                    fromInventory.add(Trigger.STOCK_COMMITTED);
                }
                case RELEASE_STOCK -> {
                    stock = Stock.RELEASED;
                    fromInventory.add(Trigger.STOCK_RELEASED);
                }
                default -> throw new AssertionError(command);
            }
            story.add("inventory " + command + " -> " + stock);
        }

        private void payment(@Nullable Command command) {
            if (command == null) {
                return;
            }
            switch (command) {
                case CAPTURE_PAYMENT -> {
                    if (payment == Payment.UNKNOWN) {
                        payment = random.nextInt(3) == 0 ? Payment.DECLINED : Payment.CAPTURED;
                    }
                }
                case VOID_PAYMENT -> {
                    if (payment == Payment.UNKNOWN) {
                        payment = Payment.VOIDED;
                    }
                }
                case REFUND_PAYMENT -> payment = Payment.REFUNDED;
                default -> throw new AssertionError(command);
            }
            fromPayment.add(
                    switch (payment) {
                        case CAPTURED -> Trigger.PAYMENT_CAPTURED;
                        case DECLINED -> Trigger.PAYMENT_DECLINED;
                        case VOIDED -> Trigger.PAYMENT_VOIDED;
                        case REFUNDED -> Trigger.PAYMENT_REFUNDED;
                        case UNKNOWN -> throw new AssertionError(command);
                    });
            story.add("payment " + command + " -> " + payment);
        }
    }
}
