package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.breakwater.payment.bank.BankAnswer;
import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.payment.lifecycle.Payments;
import dev.breakwater.payment.lifecycle.Task;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "breakwater.payment.bank.api-key=" + BankOfTheTest.API_KEY,
            "breakwater.payment.bank.read-timeout=1s",
            "breakwater.payment.work.settlement-bound=1500ms",
            "breakwater.payment.work.lease=3s",
            "breakwater.payment.work.backoff=50ms",
            "breakwater.payment.work.longest-backoff=400ms",
            "breakwater.payment.risk.limit-minor=1000000"
        })
class PaymentsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final BankOfTheTest BANK = new BankOfTheTest();

    @SuppressWarnings("NullAway.Init") // before all tests
    private static OrderServiceOfTheTest orders;

    private final JdbcClient jdbc;
    private final Payments payments;
    private final PaymentBook book;
    private final Transactions transactions;
    private final int port;
    private final int managementPort;
    private final Environment environment;
    private final MeterRegistry meters;

    @Autowired
    PaymentsTest(
            JdbcClient jdbc,
            Payments payments,
            PaymentBook book,
            Transactions transactions,
            @Value("${local.server.port}") int port,
            @Value("${local.management.port}") int managementPort,
            Environment environment,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.payments = payments;
        this.book = book;
        this.transactions = transactions;
        this.port = port;
        this.managementPort = managementPort;
        this.environment = environment;
        this.meters = meters;
    }

    @DynamicPropertySource
    static void bank(DynamicPropertyRegistry registry) {
        registry.add("breakwater.payment.bank.url", BANK::url);
    }

    @BeforeAll
    static void listen() {
        orders = new OrderServiceOfTheTest(Servers.kafka().address());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        orders.close();
        BANK.stop();
    }

    /** Whatever a test does, in the end the money here is the money there, and no order was charged twice. */
    @AfterEach
    void the_ledgers_agree() {
        BANK.start();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode ledger = ledger();
            assertThat(ledger.at("/violations")).isEmpty();
            assertThat(ledger.at("/events/inFlight").asLong()).isZero();
            assertThat(ledger.at("/events/outboxPending").asLong()).isZero();
            assertThat(ledger.at("/payments/unknown").asLong()).isZero();
            assertThat(ledger.at("/payments/capturedMinor").asLong())
                    .isEqualTo(ledger.at("/bank/chargedMinor").asLong());
            assertThat(ledger.at("/payments/refundedMinor").asLong())
                    .isEqualTo(ledger.at("/bank/refundedMinor").asLong());
            assertThat(ledger.at("/bank/duplicateCharges").asLong()).isZero();
        });
    }

    @Test
    void a_good_card_is_captured() {
        UUID orderId = orders.capture("tok_ok", 25_800);

        awaitHeard(orderId, "PaymentCaptured");

        JsonNode payment = payment(orderId);
        assertThat(payment.at("/status").asString()).isEqualTo("CAPTURED");
        assertThat(payment.at("/amountMinor").asLong()).isEqualTo(25_800);
        assertThat(payment.at("/currency").asString()).isEqualTo("CNY");
        assertThat(payment.at("/channel").asString()).isEqualTo("harbour");
        assertThat(orders.last(orderId).at("/paymentId")).isEqualTo(payment.at("/id"));
        assertThat(orders.last(orderId).at("/amountMinor").asLong()).isEqualTo(25_800);
    }

    @Test
    void a_card_that_the_bank_declines_is_declined() {
        UUID orderId = orders.capture("tok_declined", 100);

        awaitHeard(orderId, "PaymentDeclined");

        assertThat(orders.last(orderId).at("/reason").asString()).isEqualTo("PAYMENT_DECLINED");
        assertThat(payment(orderId).at("/status").asString()).isEqualTo("DECLINED");
    }

    @Test
    void a_risky_card_and_a_huge_amount_never_reach_the_bank() {
        UUID risky = orders.capture("tok_risky", 100);
        UUID huge = orders.capture("tok_ok", 1_000_001);

        for (UUID orderId : List.of(risky, huge)) {
            awaitHeard(orderId, "PaymentDeclined");
            assertThat(orders.last(orderId).at("/reason").asString()).isEqualTo("PAYMENT_REFUSED_BY_RISK");
            assertThat(attempts(orderId)).isEmpty();
        }
    }

    @Test
    void a_slow_card_is_captured_at_the_first_try() {
        UUID orderId = orders.capture("tok_slow", 100);

        awaitHeard(orderId, "PaymentCaptured");

        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 1 SUCCEEDED");
    }

    @Test
    void certain_refusals_lead_to_the_next_channel_with_the_same_key() {
        UUID orderId = orders.capture("tok_flaky", 100);

        awaitHeard(orderId, "PaymentCaptured");

        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 2 SUCCEEDED", "CHARGE quayside 1 REFUSED");
        assertThat(jdbc.sql("SELECT COUNT(DISTINCT bank_key) FROM attempts WHERE order_id = ?")
                        .param(BinaryUuid.toBytes(orderId))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_lost_answer_is_asked_for_and_never_charged_again() {
        UUID orderId = orders.capture("tok_timeout", 100);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(payment(orderId).at("/status").asString()).isIn("UNKNOWN", "CAPTURED"));
        awaitHeard(orderId, "PaymentCaptured");

        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 1 SUCCEEDED");
    }

    @Test
    void a_charge_that_was_cut_off_by_a_crash_after_the_bank_did_it_is_found() {
        UUID orderId = UUID.randomUUID();
        UUID paymentId = UUID.randomUUID();
        BANK.charge("quayside", paymentId.toString(), orderId.toString(), 700);

        leftBehindWhileCharging(orderId, paymentId, 700);

        awaitHeard(orderId, "PaymentCaptured");
        assertThat(attempts(orderId)).containsExactly("CHARGE quayside 1 SUCCEEDED");
    }

    @Test
    void a_charge_that_was_cut_off_before_the_bank_heard_of_it_is_made_there_once_the_bound_has_passed() {
        UUID orderId = UUID.randomUUID();

        leftBehindWhileCharging(orderId, UUID.randomUUID(), 700);

        awaitHeard(orderId, "PaymentCaptured");
        assertThat(attempts(orderId)).containsExactly("CHARGE quayside 2 SUCCEEDED");
    }

    @Test
    void a_void_leaves_a_tombstone_that_the_late_capture_finds() {
        UUID orderId = UUID.randomUUID();

        orders.withdraw(orderId);
        awaitHeard(orderId, "PaymentVoided");
        assertThat(get("/api/v1/payments/" + orderId, TestTokens.customer("alice"))
                        .statusCode())
                .isEqualTo(404);
        orders.capture(orderId, "tok_ok", 100);

        awaitHeard(orderId, "PaymentVoided", "PaymentVoided");
        assertThat(attempts(orderId)).isEmpty();
    }

    @Test
    void a_void_while_the_bank_is_away_ends_the_payment_uncharged() {
        BANK.stop();
        UUID orderId = orders.capture("tok_ok", 100);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls(orderId)).isGreaterThan(3));

        await().atMost(PATIENCE).untilAsserted(() -> {
            orders.withdraw(orderId);
            assertThat(orders.heardOf(orderId)).contains("PaymentVoided");
        });

        assertThat(payment(orderId).at("/status").asString()).isEqualTo("DECLINED");
    }

    @Test
    void a_bank_that_is_away_keeps_payments_pending_until_it_is_back() {
        BANK.stop();
        List<UUID> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(orders.capture("tok_ok", 100));
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (UUID orderId : waiting) {
                assertThat(calls(orderId)).isGreaterThan(3);
                assertThat(payment(orderId).at("/status").asString()).isEqualTo("PENDING");
            }
        });
        assertThat(get("/internal/ledger", TestTokens.admin()).statusCode()).isEqualTo(503);
        assertThat(get("/internal/ledger", TestTokens.admin()).body()).contains("\"bank_unavailable\"");

        BANK.start();

        waiting.forEach(orderId -> awaitHeard(orderId, "PaymentCaptured"));
    }

    @Test
    void no_card_of_one_customer_closes_a_channel_to_another() {
        // Another test may have left them open; this card goes to both.
        await().atMost(PATIENCE).until(() -> {
            awaitHeard(orders.capture("tok_flaky", 100), "PaymentCaptured");
            return isClosed("bank-harbour") && isClosed("bank-quayside");
        });
        double before = notCalled();
        List<UUID> all = new ArrayList<>(orders.captureAtOnce(40, "tok_timeout", 100));
        all.addAll(orders.captureAtOnce(40, "tok_flaky", 100));
        all.addAll(orders.captureAtOnce(40, "tok_slow", 100));
        all.addAll(orders.captureAtOnce(40, "tok_ok", 100));

        await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
            for (UUID orderId : all) {
                assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured");
            }
        });
        assertThat(notCalled()).isEqualTo(before);
    }

    @Test
    void a_bank_that_is_away_is_left_alone_and_called_again_once_it_is_back() {
        BANK.stop();
        double before = notCalled();
        List<UUID> waiting = orders.captureAtOnce(30, "tok_ok", 100);
        await().atMost(PATIENCE).until(() -> notCalled() > before);

        BANK.start();

        waiting.forEach(orderId -> awaitHeard(orderId, "PaymentCaptured"));
    }

    @Test
    void a_captured_payment_is_refunded_once() {
        UUID orderId = orders.capture("tok_ok", 900);
        awaitHeard(orderId, "PaymentCaptured");

        orders.refund(orderId);
        awaitHeard(orderId, "PaymentCaptured", "PaymentRefunded");
        orders.refund(orderId);
        awaitHeard(orderId, "PaymentCaptured", "PaymentRefunded", "PaymentRefunded");

        assertThat(orders.last(orderId).at("/amountMinor").asLong()).isEqualTo(900);
        assertThat(payment(orderId).at("/status").asString()).isEqualTo("REFUNDED");
        assertThat(attempts(orderId)).containsExactly("CHARGE harbour 1 SUCCEEDED", "REFUND harbour 1 SUCCEEDED");
    }

    @Test
    void a_refund_of_what_is_still_under_way_follows_its_capture() {
        UUID orderId = orders.capture("tok_timeout", 900);
        orders.refund(orderId);

        awaitHeard(orderId, "PaymentCaptured", "PaymentRefunded");

        assertThat(orders.last(orderId).at("/amountMinor").asLong()).isEqualTo(900);
    }

    @Test
    void a_refund_of_nothing_says_so() {
        UUID declined = orders.capture("tok_declined", 100);
        awaitHeard(declined, "PaymentDeclined");
        UUID unknown = UUID.randomUUID();

        orders.refund(declined);
        orders.refund(unknown);

        awaitHeard(declined, "PaymentDeclined", "PaymentRefunded");
        awaitHeard(unknown, "PaymentRefunded");
        assertThat(orders.last(declined).at("/amountMinor").asLong()).isZero();
        assertThat(orders.last(unknown).at("/amountMinor").asLong()).isZero();
    }

    @Test
    void repeated_commands_are_answered_by_the_recorded_result() {
        UUID captured = orders.capture("tok_ok", 100);
        UUID declined = orders.capture("tok_declined", 100);
        awaitHeard(captured, "PaymentCaptured");
        awaitHeard(declined, "PaymentDeclined");

        orders.capture(captured, "tok_ok", 100);
        orders.withdraw(captured);
        orders.capture(declined, "tok_declined", 100);
        orders.withdraw(declined);

        awaitHeard(captured, "PaymentCaptured", "PaymentCaptured", "PaymentCaptured");
        awaitHeard(declined, "PaymentDeclined", "PaymentDeclined", "PaymentDeclined");
        assertThat(attempts(captured)).hasSize(1);
    }

    @Test
    void a_command_that_cannot_be_read_does_not_hold_up_its_neighbours() {
        UUID broken = UUID.randomUUID();
        orders.send(broken, "CapturePayment", "{\"orderId\": \"%s\"}".formatted(broken));
        orders.send(UUID.randomUUID(), "PraisePayment", "{}");
        UUID good = orders.capture("tok_ok", 100);

        awaitHeard(good, "PaymentCaptured");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ledger().at("/events/deadLetters").asLong()).isEqualTo(1));
    }

    @Test
    void many_payments_at_once_are_each_charged_once() {
        List<UUID> all = new ArrayList<>();
        String[] tokens = {"tok_ok", "tok_ok", "tok_flaky", "tok_slow", "tok_ok", "tok_timeout"};
        for (int i = 0; i < 120; i++) {
            all.add(orders.capture(tokens[i % tokens.length], 100));
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            for (UUID orderId : all) {
                assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured");
            }
        });
    }

    @Test
    void a_channel_without_room_does_not_stand_before_the_others() {
        UUID atHarbour = UUID.randomUUID();
        UUID atQuayside = UUID.randomUUID();
        UUID atFormerChannel = UUID.randomUUID();
        Map<String, Integer> room = Map.of("harbour", 0, "quayside", 1);
        Map<String, Integer> roomEverywhere = Map.of("harbour", 1, "quayside", 1);

        Runnable work = () -> {
            Instant due = Instant.now().minusSeconds(60);
            leftBehindAt("harbour", atHarbour, due);
            leftBehindAt("quayside", atQuayside, due.plusSeconds(1));
            leftBehindAt("pier", atFormerChannel, due.plusSeconds(2));

            assertThat(book.beginDue(room, UUID.randomUUID()))
                    .extracting(Payment::orderId)
                    .containsExactly(atQuayside);
            assertThat(book.beginDue(roomEverywhere, UUID.randomUUID()))
                    .extracting(Payment::orderId)
                    .containsExactly(atFormerChannel);
            assertThat(book.beginDue(roomEverywhere, UUID.randomUUID()))
                    .extracting(Payment::orderId)
                    .containsExactly(atHarbour);
            throw new RolledBack();
        };

        // The service itself must not find them.
        assertThatExceptionOfType(RolledBack.class).isThrownBy(() -> transactions.write(work));
    }

    @Test
    void fewer_calls_are_made_at_a_time_while_the_bank_is_too_slow_and_more_again_when_it_is_quick() {
        // What is normal must be known before anything can be slow.
        for (int round = 0; round < 3; round++) {
            captureHundred("tok_ok");
        }
        double whileQuick = limitOfHarbour();

        captureUntil("tok_timeout", limit -> limit < whileQuick - 1);
        double whileSlow = limitOfHarbour();

        captureUntil("tok_ok", limit -> limit > whileSlow + 1);
    }

    @Test
    void an_instance_that_stops_in_the_middle_leaves_nothing_undone_and_nothing_done_twice() {
        List<UUID> all = new ArrayList<>();
        try (ConfigurableApplicationContext second = secondInstance()) {
            assertThat(second.isRunning()).isTrue();
            for (int i = 0; i < 100; i++) {
                all.add(orders.capture(i % 4 == 0 ? "tok_slow" : "tok_ok", 100));
            }
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            for (UUID orderId : all) {
                assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured");
            }
        });
    }

    @Test
    void a_payment_is_shown_to_its_customer_and_to_nobody_else() {
        UUID orderId = orders.capture("tok_ok", 100);
        awaitHeard(orderId, "PaymentCaptured");
        String path = "/api/v1/payments/" + orderId;

        assertThat(get(path, TestTokens.customer("alice")).statusCode()).isEqualTo(200);
        HttpResponse<String> others = get(path, TestTokens.customer("ALICE"));
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(others.body()).contains("\"payment_not_found\"");
        assertThat(get(path, null).statusCode()).isEqualTo(401);
        assertThat(get(path, TestTokens.expired("alice")).statusCode()).isEqualTo(401);
        assertThat(get(path, TestTokens.unsigned("alice")).statusCode()).isEqualTo(401);
        assertThat(get(path, TestTokens.admin()).statusCode()).isEqualTo(403);
        assertThat(get("/internal/ledger", TestTokens.customer("alice")).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e1", "%00"})
    void a_malformed_order_id_is_refused(String orderId) {
        assertThat(get("/api/v1/payments/" + orderId, TestTokens.customer("alice"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_a_call_brought_is_left_to_whoever_has_taken_its_lease_over() {
        UUID orderId = UUID.randomUUID();
        UUID paymentId = UUID.randomUUID();
        leftBehindWhileCharging(orderId, paymentId, 700, Instant.now().plusSeconds(3600));
        Payment late = payments.find(orderId).orElseThrow();
        Payment stranger = new Payment(
                orderId,
                paymentId,
                late.demand(),
                late.state(),
                null,
                false,
                late.attempt(),
                false,
                new Task(late.task().dueAt(), UUID.randomUUID(), 0),
                null);

        settle(stranger, new BankAnswer.Declined());
        assertThat(payments.find(orderId)).contains(late);

        BANK.charge("quayside", paymentId.toString(), orderId.toString(), 700);
        settle(late, new BankAnswer.Succeeded());
        awaitHeard(orderId, "PaymentCaptured");
    }

    @Test
    void with_its_database_away_the_service_lives_is_not_ready_and_forgets_nothing() {
        UUID orderId;
        try {
            Servers.mariadb().kill();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(health("readiness")).isEqualTo(503));
            assertThat(health("liveness")).isEqualTo(200);
            HttpResponse<String> answer = get("/api/v1/payments/" + UUID.randomUUID(), TestTokens.customer("alice"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            orderId = orders.capture("tok_ok", 100);
        } finally {
            Servers.bringBack(Servers.mariadb());
        }

        awaitHeard(orderId, "PaymentCaptured");
        assertThat(health("readiness")).isEqualTo(200);
    }

    /** Captures payments until the limit of the preferred channel is as told. */
    private void captureUntil(String token, DoublePredicate reached) {
        await().atMost(PATIENCE.multipliedBy(2)).pollDelay(Duration.ZERO).until(() -> {
            captureHundred(token);
            return reached.test(limitOfHarbour());
        });
    }

    private void captureHundred(String token) {
        List<UUID> all = orders.captureAtOnce(100, token, 100);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(all)
                        .allSatisfy(
                                orderId -> assertThat(orders.heardOf(orderId)).containsExactly("PaymentCaptured")));
    }

    /** Calls that were not made, for a channel's breaker was open. */
    private double notCalled() {
        return meters.find("payment.bank.calls").tag("answer", "NOT_CALLED").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private boolean isClosed(String breaker) {
        return meters.get("resilience4j.circuitbreaker.state")
                        .tags("name", breaker, "state", "closed")
                        .gauge()
                        .value()
                == 1;
    }

    private double limitOfHarbour() {
        return meters.get("adaptive.limit").tag("name", "bank-harbour").gauge().value();
    }

    private ConfigurableApplicationContext secondInstance() {
        String[] arguments = Stream.of(
                        "DATABASE_ADDRESS",
                        "DATABASE_NAME",
                        "DATABASE_USER",
                        "DATABASE_PASSWORD",
                        "KAFKA_ADDRESSES",
                        "eureka.client.enabled",
                        "spring.cloud.config.enabled",
                        "breakwater.security.issuer",
                        "breakwater.security.public-key",
                        "breakwater.payment.bank.url",
                        "breakwater.payment.bank.api-key")
                .filter(environment::containsProperty)
                .map(name -> "--%s=%s".formatted(name, environment.getProperty(name)))
                .toArray(String[]::new);
        return new SpringApplicationBuilder(PaymentServiceApplication.class)
                .run(Stream.concat(Stream.of(arguments), Stream.of("--server.port=0", "--management.server.port=0"))
                        .toArray(String[]::new));
    }

    private void settle(Payment called, BankAnswer answer) {
        transactions.write(() -> book.settle(List.of(new PaymentBook.Returned(called, answer, Instant.now()))));
    }

    private int health(String group) {
        return send("http://localhost:%d/actuator/health/%s".formatted(managementPort, group), null)
                .statusCode();
    }

    private void leftBehindWhileCharging(UUID orderId, UUID paymentId, long amountMinor) {
        leftBehindWhileCharging(orderId, paymentId, amountMinor, Instant.now());
    }

    /** What an instance leaves that was killed after it had written the attempt. */
    private void leftBehindWhileCharging(UUID orderId, UUID paymentId, long amountMinor, Instant leasedUntil) {
        Timestamp now = Timestamp.from(Instant.now());
        jdbc.sql("""
                INSERT INTO attempts (order_id, kind, channel, bank_key, calls, started_at)
                VALUES (:order, 'CHARGE', 'quayside', :key, 1, :now)
                """)
                .param("order", BinaryUuid.toBytes(orderId))
                .param("key", paymentId.toString())
                .param("now", now)
                .update();
        jdbc.sql("""
                INSERT INTO figures (slot, name, amount) VALUES (0, 'in_flight', 1)
                ON DUPLICATE KEY UPDATE amount = amount + 1
                """).update();
        jdbc.sql("""
                INSERT INTO payments (order_id, id, customer, amount_minor, currency, token, state, refund_wanted,
                                      channel, begun_at, pinned, failures, due_at, lease, created_at, updated_at)
                VALUES (:order, :id, 'alice', :amount, 'CNY', 'tok_ok', 'CHARGING', FALSE,
                        'quayside', :now, FALSE, 0, :due, :lease, :now, :now)
                """)
                .param("order", BinaryUuid.toBytes(orderId))
                .param("id", BinaryUuid.toBytes(paymentId))
                .param("amount", amountMinor)
                .param("due", Timestamp.from(leasedUntil))
                .param("lease", BinaryUuid.toBytes(UUID.randomUUID()))
                .param("now", now)
                .update();
    }

    /** A refund that somebody began at a channel and did not end. */
    private void leftBehindAt(String channel, UUID orderId, Instant due) {
        jdbc.sql("""
                INSERT INTO payments (order_id, id, customer, amount_minor, currency, token, state, refund_wanted, channel,
                                      begun_at, pinned, failures, due_at, next_channel, created_at, updated_at)
                VALUES (:order, :order, 'alice', 100, 'CNY', 'tok_ok', 'REFUNDING', TRUE, :channel,
                        :due, FALSE, 0, :due, :channel, :due, :due)
                """)
                .param("order", BinaryUuid.toBytes(orderId))
                .param("channel", channel)
                .param("due", Timestamp.from(due))
                .update();
    }

    private void awaitHeard(UUID orderId, String... types) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(orders.heardOf(orderId)).containsExactly(types));
    }

    private List<@Nullable String> attempts(UUID orderId) {
        return jdbc.sql("""
                SELECT CONCAT(kind, ' ', channel, ' ', calls, ' ', COALESCE(outcome, 'OPEN'))
                  FROM attempts
                 WHERE order_id = ?
                 ORDER BY kind, channel
                """)
                .param(BinaryUuid.toBytes(orderId))
                .query(String.class)
                .list();
    }

    private long calls(UUID orderId) {
        return jdbc.sql("SELECT COALESCE(SUM(calls), 0) FROM attempts WHERE order_id = ?")
                .param(BinaryUuid.toBytes(orderId))
                .query(Long.class)
                .single();
    }

    private JsonNode payment(UUID orderId) {
        return JsonMapper.shared()
                .readTree(get("/api/v1/payments/" + orderId, TestTokens.customer("alice"))
                        .body());
    }

    private JsonNode ledger() {
        return JsonMapper.shared()
                .readTree(get("/internal/ledger?depth=full", TestTokens.admin()).body());
    }

    private HttpResponse<String> get(String path, @Nullable String token) {
        return send("http://localhost:%d%s".formatted(port, path), token);
    }

    private static HttpResponse<String> send(String url, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
