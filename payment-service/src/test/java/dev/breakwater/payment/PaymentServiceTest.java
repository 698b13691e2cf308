package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on real servers, with a bank and an order-service of the test. */
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
@SuppressWarnings("NullAway.Init") // injected
abstract class PaymentServiceTest {

    protected static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    protected static final BankOfTheTest BANK = new BankOfTheTest();

    @SuppressWarnings("NullAway.Init") // before all tests
    protected static OrderServiceOfTheTest orders;

    @Autowired
    protected JdbcClient jdbc;

    @LocalServerPort
    private int port;

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

    protected void leftBehindWhileCharging(UUID orderId, UUID paymentId, long amountMinor) {
        leftBehindWhileCharging(orderId, paymentId, amountMinor, Instant.now());
    }

    /** What an instance leaves that was killed after it had written the attempt. */
    protected void leftBehindWhileCharging(UUID orderId, UUID paymentId, long amountMinor, Instant leasedUntil) {
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

    protected void awaitHeard(UUID orderId, String... types) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(orders.heardOf(orderId)).containsExactly(types));
    }

    protected List<@Nullable String> attempts(UUID orderId) {
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

    protected long calls(UUID orderId) {
        return jdbc.sql("SELECT COALESCE(SUM(calls), 0) FROM attempts WHERE order_id = ?")
                .param(BinaryUuid.toBytes(orderId))
                .query(Long.class)
                .single();
    }

    protected JsonNode payment(UUID orderId) {
        return JsonMapper.shared()
                .readTree(get("/api/v1/payments/" + orderId, TestTokens.customer("alice"))
                        .body());
    }

    protected JsonNode ledger() {
        return JsonMapper.shared()
                .readTree(get("/internal/ledger?depth=full", TestTokens.admin()).body());
    }

    protected HttpResponse<String> get(String path, @Nullable String token) {
        return send("http://localhost:%d%s".formatted(port, path), token);
    }

    protected static HttpResponse<String> send(String url, @Nullable String token) {
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
}
