package dev.breakwater.payment.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.breakwater.payment.bank.BankAnswer;
import dev.breakwater.payment.bank.BankProperties;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Duration BOUND = Duration.ofSeconds(8);
    private static final UUID BEARER = UUID.randomUUID();
    private static final BankAnswer SUCCEEDED = new BankAnswer.Succeeded();
    private static final BankAnswer REFUSED = new BankAnswer.Refused();
    private static final BankAnswer NOT_CALLED = new BankAnswer.NotCalled();
    private static final BankAnswer NOT_FOUND = new BankAnswer.NotFound();
    private static final BankAnswer UNKNOWN = new BankAnswer.Unknown();

    private final Lifecycle lifecycle = new Lifecycle(
            new Channels(new BankProperties(
                    URI.create("http://bank"),
                    "key",
                    List.of("harbour", "quayside"),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3))),
            new LifecycleProperties(BOUND, Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(5)),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> 0.5));

    private final Payment accepted =
            Payment.accepted(UUID.randomUUID(), UUID.randomUUID(), new Demand("alice", 100, "CNY", "t"), NOW, null);

    @Test
    void a_step_is_leased_and_written_down_before_it_is_made() {
        Payment charging = lifecycle.begin(accepted, BEARER, NOW);

        assertThat(charging.state()).isEqualTo(PaymentState.CHARGING);
        assertThat(charging.attempt()).isEqualTo(new Attempt("harbour", NOW));
        assertThat(charging.task()).isEqualTo(new Task(NOW.plusSeconds(10), BEARER, 0));
    }

    @Test
    void a_certain_refusal_is_tried_again_on_the_next_channel() {
        Payment refused = lifecycle.settle(lifecycle.begin(accepted, BEARER, NOW), REFUSED, NOW, NOW);

        assertThat(refused.state()).isEqualTo(PaymentState.READY);
        assertThat(refused.hasNotBegun()).isTrue();
        assertThat(refused.task()).isEqualTo(new Task(NOW.plusMillis(75), null, 1));
        assertThat(lifecycle.begin(refused, BEARER, NOW).knownAttempt().channel())
                .isEqualTo("quayside");
    }

    @Test
    void a_channel_that_is_not_called_just_now_leaves_the_payment_free_for_the_next_one() {
        Payment notCalled = lifecycle.settle(lifecycle.begin(accepted, BEARER, NOW), NOT_CALLED, NOW, NOW);

        assertThat(notCalled.hasNotBegun()).isTrue();
        assertThat(lifecycle.begin(notCalled, BEARER, NOW).knownAttempt().channel())
                .isEqualTo("quayside");
    }

    @Test
    void an_unknown_outcome_leads_nowhere_but_to_asking() {
        Payment unknown = unknown();

        assertThat(unknown.state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(lifecycle.begin(unknown, BEARER, NOW).state()).isEqualTo(PaymentState.UNKNOWN);
        for (BankAnswer answer : List.of(REFUSED, NOT_CALLED, UNKNOWN)) {
            assertThat(lifecycle.settle(unknown, answer, NOW.plus(BOUND), NOW).state())
                    .isEqualTo(PaymentState.UNKNOWN);
        }
    }

    @Test
    void not_found_counts_only_when_asked_after_the_bound() {
        Payment early = lifecycle.settle(unknown(), NOT_FOUND, NOW.plus(BOUND).minusMillis(1), NOW.plus(BOUND));
        Payment late = lifecycle.settle(unknown(), NOT_FOUND, NOW.plus(BOUND), NOW.plus(BOUND));

        assertThat(early.state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(late.state()).isEqualTo(PaymentState.READY);
    }

    @Test
    void asking_waits_for_the_bound_and_no_longer() {
        Payment unknown = unknown();
        for (int i = 0; i < 12; i++) {
            unknown = lifecycle.settle(unknown, UNKNOWN, NOW, NOW);
        }

        Instant almost = NOW.plus(BOUND).minusMillis(300);
        Payment asked = lifecycle.settle(unknown, NOT_FOUND, almost, almost);

        assertThat(asked.task().dueAt()).isEqualTo(NOW.plus(BOUND));
    }

    @Test
    void after_an_unknown_outcome_no_other_channel_is_ever_tried() {
        Payment payment = lifecycle.settle(unknown(), NOT_FOUND, NOW.plus(BOUND), NOW.plus(BOUND));
        assertThat(payment.hasNotBegun()).isFalse();

        for (int i = 0; i < 5; i++) {
            Payment charging = lifecycle.begin(payment, BEARER, NOW);
            assertThat(charging.knownAttempt().channel()).isEqualTo("harbour");
            payment = lifecycle.settle(charging, REFUSED, NOW, NOW);
        }
    }

    @Test
    void a_step_whose_bearer_is_gone_is_asked_about() {
        Payment charging = lifecycle.begin(accepted, BEARER, NOW);
        Payment refunding = lifecycle.begin(captured().withRefundWanted(NOW), BEARER, NOW);

        assertThat(lifecycle.begin(charging, UUID.randomUUID(), NOW).state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(lifecycle.begin(refunding, UUID.randomUUID(), NOW).state()).isEqualTo(PaymentState.REFUND_UNKNOWN);
    }

    @Test
    void a_refund_goes_to_the_channel_that_charged_with_a_key_of_its_own() {
        Payment refunding = lifecycle.begin(captured().withRefundWanted(NOW), BEARER, NOW);

        assertThat(refunding.state()).isEqualTo(PaymentState.REFUNDING);
        assertThat(refunding.attempt()).isEqualTo(new Attempt("harbour", NOW));
        assertThat(refunding.refundKey()).isNotEqualTo(refunding.chargeKey());
    }

    @Test
    void an_unknown_refund_is_asked_about_and_repeated_only_after_the_bound() {
        Payment unknown =
                lifecycle.settle(lifecycle.begin(captured().withRefundWanted(NOW), BEARER, NOW), UNKNOWN, NOW, NOW);

        assertThat(unknown.state()).isEqualTo(PaymentState.REFUND_UNKNOWN);
        assertThat(lifecycle.settle(unknown, NOT_FOUND, NOW, NOW).state()).isEqualTo(PaymentState.REFUND_UNKNOWN);
        assertThat(lifecycle.settle(unknown, NOT_FOUND, NOW.plus(BOUND), NOW).state())
                .isEqualTo(PaymentState.REFUND_READY);
        assertThat(lifecycle.settle(unknown, SUCCEEDED, NOW, NOW).state()).isEqualTo(PaymentState.REFUNDED);
    }

    @Test
    void a_refund_wanted_early_begins_with_the_capture() {
        Payment wanted = lifecycle.begin(accepted, BEARER, NOW).withRefundWanted(NOW);

        assertThat(lifecycle.settle(wanted, SUCCEEDED, NOW, NOW).state()).isEqualTo(PaymentState.REFUND_READY);
    }

    @Test
    void nothing_is_begun_that_has_ended() {
        assertThatIllegalStateException().isThrownBy(() -> lifecycle.begin(captured(), BEARER, NOW));
        assertThatIllegalStateException().isThrownBy(() -> lifecycle.settle(captured(), SUCCEEDED, NOW, NOW));
    }

    @Test
    void the_pause_doubles_up_to_the_longest() {
        Payment payment = lifecycle.begin(accepted, BEARER, NOW);
        for (int i = 0; i < 100; i++) {
            payment = lifecycle.begin(lifecycle.settle(payment, REFUSED, NOW, NOW), BEARER, NOW);
        }

        assertThat(lifecycle.settle(payment, REFUSED, NOW, NOW).task().dueAt()).isEqualTo(NOW.plusMillis(3_750));
    }

    private Payment unknown() {
        return lifecycle.settle(lifecycle.begin(accepted, BEARER, NOW), UNKNOWN, NOW, NOW);
    }

    private Payment captured() {
        return lifecycle.settle(lifecycle.begin(accepted, BEARER, NOW), SUCCEEDED, NOW, NOW);
    }
}
