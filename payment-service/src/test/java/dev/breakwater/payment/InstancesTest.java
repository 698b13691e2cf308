package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.payment.bank.BankAnswer;
import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.payment.lifecycle.Payments;
import dev.breakwater.payment.lifecycle.Task;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Instances that stop, that lose a lease or their database, and what cannot be read. */
class InstancesTest extends PaymentServiceTest {

    private final Payments payments;
    private final PaymentBook book;
    private final Transactions transactions;
    private final int managementPort;
    private final Environment environment;

    @Autowired
    InstancesTest(
            Payments payments,
            PaymentBook book,
            Transactions transactions,
            @Value("${local.management.port}") int managementPort,
            Environment environment) {
        this.payments = payments;
        this.book = book;
        this.transactions = transactions;
        this.managementPort = managementPort;
        this.environment = environment;
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
}
