package dev.breakwater.order.flashsale;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.OrderApi.Answer;
import dev.breakwater.order.OrderServiceTest;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import dev.breakwater.platform.testing.WithServers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.context.TestPropertySource;

/** The door on real servers; inventory's answers are played. */
@WithServers
// What a cold service on a busy machine takes long for is not what is tested here.
@TestPropertySource(properties = "spring.data.redis.timeout=5s")
class FlashSaleTest extends OrderServiceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SaleRows rows;

    @Autowired
    private RedisDoor door;

    @Autowired
    private Writing writing;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @BeforeEach
    void awaitKafka() {
        await().atMost(LONG).until(() -> !writing.isAway());
    }

    @Test
    void an_order_is_accepted_at_the_price_of_the_sale_and_goes_the_usual_way() {
        var sale = openSale(10, 2);
        var bought = buy(sale, "alice", "k1", 2);
        assertThat(bought.status()).as(bought.raw().body()).isEqualTo(202);
        var id = bought.text("id");
        assertThat(bought.raw().headers().firstValue("Location")).contains("/api/v1/orders/" + id);
        assertThat(UUID.fromString(id).version()).isEqualTo(8);
        assertThat(bought.text("status")).isEqualTo("PENDING");
        assertThat(bought.body().path("totalMinor").asLong()).isEqualTo(1_800);
        assertThat(bought.body().path("items").path(0).path("sku").asString()).isEqualTo("LAMP-1");

        awaitWritten(id);
        stock("StockReserved", id);
        await().atMost(LONG).until(() -> api.order("alice", id).text("status").equals("RESERVED"));
        var order = api.order("alice", id).body();
        assertThat(order.path("createdAt")).isEqualTo(bought.body().path("createdAt"));
        assertThat(order.path("timeline").path(0).path("at")).isEqualTo(order.path("createdAt"));
    }

    @Test
    void the_same_key_is_the_same_order_and_another_body_is_refused() {
        var sale = openSale(10, 5);
        var first = buy(sale, "alice", "k1", 1);
        var second = buy(sale, "alice", "k1", 1);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.text("createdAt")).isEqualTo(first.text("createdAt"));
        assertThat(second.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(buy(sale, "alice", "k1", 2).text("code")).isEqualTo("idempotency_key_reused");
        assertThat(buy(sale, "bob", "k1", 1).text("id")).isNotEqualTo(first.text("id"));
        await().atMost(LONG).until(() -> remaining(sale) == 8);
    }

    @Test
    void an_order_can_be_seen_from_its_202_on_also_while_nobody_writes_it() {
        var intake = listeners.getListenerContainer("flash-sale-intake");
        assertThat(intake).isNotNull();
        intake.stop();
        try {
            var sale = openSale(10, 5);
            var bought = buy(sale, "dora", "k1", 1);
            var seen = api.order("dora", bought.text("id"));
            assertThat(seen.status()).as(seen.raw().body()).isEqualTo(200);
            assertThat(seen.text("status")).isEqualTo("PENDING");
            assertThat(seen.body().path("timeline")).hasSize(1);
            assertThat(api.get("dora", "/api/v1/orders")
                            .body()
                            .path("items")
                            .path(0)
                            .path("id")
                            .asString())
                    .isEqualTo(bought.text("id"));
            assertThat(api.order("alice", bought.text("id")).text("code")).isEqualTo("order_not_found");
            assertThat(api.cancel("dora", bought.text("id")).text("code")).isEqualTo("order_not_written_yet");
            assertThat(buy(sale, "dora", "k1", 1).text("id")).isEqualTo(bought.text("id"));
        } finally {
            intake.start();
        }
        var list = "/api/v1/orders";
        await().atMost(LONG)
                .until(() -> api.get("dora", list).body().path("items").size() == 1
                        && isWritten(api.get("dora", list)
                                .body()
                                .path("items")
                                .path(0)
                                .path("id")
                                .asString()));
    }

    @Test
    void nothing_is_sold_beyond_the_quantity_and_it_is_said_so() {
        var sale = openSale(2, 1);
        assertThat(buy(sale, "a1", "k", 1).status()).isEqualTo(202);
        assertThat(buy(sale, "a2", "k", 1).status()).isEqualTo(202);
        await().atMost(LONG).untilAsserted(() -> {
            var refused = buy(sale, "a3", "k", 1);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("code")).isEqualTo("sold_out");
            assertThat(show(sale).text("state")).isEqualTo("SOLD_OUT");
        });
        assertThat(show(sale).body().path("remaining").asLong(-1)).isZero();
        // From memory by now, and still the same order for who has one.
        assertThat(buy(sale, "a1", "k", 1).status()).isEqualTo(202);
    }

    @Test
    void a_customer_has_no_more_than_the_limit() {
        var sale = openSale(10, 2);
        assertThat(buy(sale, "alice", "k1", 2).status()).isEqualTo(202);
        var refused = buy(sale, "alice", "k2", 1);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("limit_reached");
        assertThat(buy(sale, "bob", "k2", 1).status()).isEqualTo(202);
    }

    @Test
    void before_its_start_and_after_its_end_a_sale_is_closed() {
        var later = Instant.now().plusSeconds(600);
        var scheduled = sale(5, 1, later, later.plusSeconds(600));
        assertThat(show(scheduled).text("state")).isEqualTo("SCHEDULED");
        assertThat(buy(scheduled, "alice", "k", 1).text("code")).isEqualTo("not_open");

        var soon = sale(5, 1, Instant.EPOCH, Instant.now().plusSeconds(20));
        var bought = buy(soon, "alice", "k", 1);
        assertThat(bought.status()).isEqualTo(202);
        await().atMost(LONG).until(() -> show(soon).text("state").equals("ENDED"));
        var refused = buy(soon, "bob", "k", 1);
        assertThat(refused.status()).isEqualTo(410);
        assertThat(refused.text("code")).isEqualTo("sale_ended");
        assertThat(buy(soon, "alice", "k", 1).text("id")).isEqualTo(bought.text("id"));
        assertThat(buy(soon, "alice", "k", 2).text("code")).isEqualTo("idempotency_key_reused");
    }

    @Test
    void a_sale_that_has_ended_is_closed_when_the_stock_of_all_its_orders_is_decided() {
        var sale = sale(5, 1, Instant.EPOCH, Instant.now().plusSeconds(20));
        var id = buy(sale, "alice", "k", 1).text("id");
        awaitWritten(id);
        await().atMost(LONG).until(() -> show(sale).text("state").equals("ENDED"));
        await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> !isClosed(sale));
        stock("StockReserved", id);
        await().atMost(LONG).until(() -> isClosed(sale));
        assertThat(buy(sale, "bob", "k", 1).text("code")).isEqualTo("sale_ended");
        assertThat(buy(sale, "alice", "k", 1).text("id")).isEqualTo(id);
        assertThat(buy(sale, "alice", "k", 2).text("code")).isEqualTo("idempotency_key_reused");
        assertThat(show(sale).text("state")).isEqualTo("ENDED");
    }

    @Test
    void the_place_of_a_rejected_order_can_be_had_again() {
        var sale = openSale(1, 1);
        var id = buy(sale, "alice", "k", 1).text("id");
        awaitWritten(id);
        await().atMost(LONG).until(() -> show(sale).text("state").equals("SOLD_OUT"));
        stock("StockReserved", id);
        answer(Topics.PAYMENT_EVENTS, "PaymentDeclined", id, Map.of("orderId", id, "reason", "PAYMENT_DECLINED"));
        stock("StockReleased", id);
        await().atMost(LONG).until(() -> api.order("alice", id).text("status").equals("CANCELLED"));
        await().atMost(LONG).until(() -> remaining(sale) == 1);
        // Who repeats is answered his order as it is, and takes no place with it.
        var repeated = buySurely(sale, "alice", "k");
        assertThat(repeated.text("id")).isEqualTo(id);
        assertThat(repeated.text("status")).isEqualTo("CANCELLED");
        await().atMost(LONG).until(() -> buy(sale, "bob", "k", 1).status() == 202);
    }

    @Test
    void a_redis_that_lost_everything_lets_in_nobody_too_many_and_nobody_twice() {
        var sale = openSale(5, 2);
        var alice = buy(sale, "alice", "k", 2).text("id");
        buy(sale, "bob", "k", 2);
        try (var connection =
                Objects.requireNonNull(redis.getConnectionFactory()).getConnection()) {
            connection.serverCommands().flushAll();
        }
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(buy(sale, "alice", "k", 2).status()).isEqualTo(202));
        assertThat(buy(sale, "alice", "k", 2).text("id")).isEqualTo(alice);
        assertThat(buy(sale, "alice", "k2", 1).text("code")).isEqualTo("limit_reached");
        assertThat(buy(sale, "carol", "k", 1).status()).isEqualTo(202);
        assertThat(buy(sale, "dave", "k", 1).text("code")).isEqualTo("sold_out");
    }

    @Test
    void a_place_whose_order_was_never_written_comes_back_within_five_seconds() {
        var sale = openSale(1, 1);
        await().atMost(LONG).until(() -> show(sale).text("state").equals("OPEN"));
        // What an instance leaves behind that is killed between the door and the topic.
        var left = rows.find(UUID.fromString(sale)).orElseThrow();
        var taken = door.admit(
                new RedisDoor.Epoch(left.sale(), left.epoch()),
                new Admission.Ticket(left.sale().orderId("gone", "k"), new UUID(0, 1), 1, new UUID(0, 2)),
                0);
        assertThat(taken).isInstanceOf(Admission.Admitted.class);
        assertThat(buy(sale, "alice", "k", 1).text("code")).isEqualTo("sold_out");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> buy(sale, "alice", "k", 1).status() == 202);
    }

    @Test
    void without_redis_a_sale_is_503_and_goes_on_when_redis_is_back() {
        var sale = openSale(5, 5);
        assertThat(buy(sale, "alice", "k1", 1).status()).isEqualTo(202);
        Servers.redis().kill();
        try {
            var refused = buy(sale, "alice", "k2", 1);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("code")).isEqualTo("flash_sale_unavailable");
            assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
        } finally {
            Servers.bringBack(Servers.redis());
        }
        await().atMost(LONG).until(() -> buy(sale, "alice", "k2", 1).status() == 202);
        await().atMost(LONG).until(() -> remaining(sale) == 3);
    }

    @Test
    void without_kafka_a_sale_is_503_and_every_place_comes_back() {
        var sale = openSale(3, 1);
        assertThat(buySurely(sale, "alice", "k").status()).isEqualTo(202);
        Servers.kafka().kill();
        try {
            // He has a place of which nobody can say what became of it; those after him take none.
            for (var customer : List.of("bob", "carol", "dave", "erin", "frank")) {
                var refused = buy(sale, customer, "k", 1);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.text("code")).isEqualTo("flash_sale_unavailable");
                assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(remaining(sale)).isEqualTo(1);
        } finally {
            Servers.bringBack(Servers.kafka());
        }
        await().atMost(LONG).until(() -> buy(sale, "gina", "k", 1).status() == 202);
        await().atMost(LONG).until(() -> buy(sale, "hugo", "k", 1).status() == 202);
        assertThat(buySurely(sale, "bob", "k").text("code")).isEqualTo("sold_out");
    }

    @Test
    void a_crowd_buys_exactly_what_there_is_and_every_order_is_written_once() {
        var sale = openSale(40, 2);
        try (var threads = Executors.newFixedThreadPool(24, Thread.ofVirtual().factory())) {
            var answers = IntStream.range(0, 400)
                    .mapToObj(n ->
                            CompletableFuture.supplyAsync(() -> buySurely(sale, "crowd-" + n % 80, "k" + n), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(answers.stream().map(Answer::status)).containsOnly(202, 409);
            var ids = answers.stream()
                    .filter(answer -> answer.status() == 202)
                    .map(answer -> answer.text("id"))
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(40);
            ids.forEach(this::awaitWritten);
            assertThat(orders(sale)).isEqualTo(40);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"quantity\": 0, \"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}}', k, 400",
        "'{\"quantity\": 1}', k, 400",
        "'{\"quantity\": 1, \"paymentMethod\": {\"type\": \"cash\", \"token\": \"tok_ok\"}}', k, 400",
        "'{', k, 400",
        "'{\"quantity\": 1, \"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}}', 'no key', 400"
    })
    void what_is_malformed_is_refused(String body, String key, int status) {
        assertThat(buy(openSale(5, 5), "alice", key, body).status()).isEqualTo(status);
    }

    @Test
    void a_sale_that_nobody_announced_is_unknown() {
        var unknown = UUID.randomUUID().toString();
        await().atMost(LONG).until(() -> isUnknown(buy(unknown, "alice", "k", 1)));
        await().atMost(LONG).until(() -> isUnknown(show(unknown)));
        assertThat(show("none").status()).isEqualTo(400);
    }

    @Test
    void only_customers_buy() {
        var sale = openSale(5, 5);
        assertThat(api.send(api.request(path(sale) + "/orders", "alice")
                                .setHeader("Authorization", "Bearer " + TestTokens.admin())
                                .header("Idempotency-Key", "k")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body(1))))
                        .status())
                .isEqualTo(403);
    }

    private String openSale(long quantity, long limit) {
        return sale(quantity, limit, Instant.EPOCH, Instant.now().plusSeconds(600));
    }

    /** Inventory knows it; its announcement has not come. */
    private String sale(long quantity, long limit, Instant startsAt, Instant endsAt) {
        var id = UUID.randomUUID().toString();
        INVENTORY.stubFor(
                get(urlPathEqualTo(path(id))).willReturn(okJson("""
                        {"id": "%s", "sku": "LAMP-1", "priceMinor": 900, "currency": "CNY", "quantity": %d,
                         "perCustomerLimit": %d, "startsAt": "%s", "endsAt": "%s", "state": "OPEN", "remaining": 1}
                        """.formatted(id, quantity, limit, startsAt, endsAt))));
        await().atMost(LONG).until(() -> show(id).status() == 200);
        return id;
    }

    /** As the contract tells clients to: after a 503, again with the same key. */
    private Answer buySurely(String sale, String customer, String key) {
        return await().atMost(LONG).until(() -> buy(sale, customer, key, 1), answer -> answer.status() != 503);
    }

    private Answer buy(String sale, String customer, String key, int quantity) {
        return buy(sale, customer, key, body(quantity));
    }

    private Answer buy(String sale, String customer, String key, String body) {
        return api.send(api.request(path(sale) + "/orders", customer)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String body(int quantity) {
        return "{\"quantity\": %d, \"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}}".formatted(quantity);
    }

    private Answer show(String sale) {
        return api.get("alice", path(sale));
    }

    private static boolean isUnknown(Answer answer) {
        return answer.text("code").equals("flash_sale_not_found");
    }

    private long remaining(String sale) {
        return show(sale).body().path("remaining").asLong(-1);
    }

    private static String path(String sale) {
        return "/api/v1/flash-sales/" + sale;
    }

    private void awaitWritten(String id) {
        await().atMost(LONG).until(() -> isWritten(id));
    }

    private boolean isWritten(String id) {
        return count("SELECT COUNT(*) FROM orders WHERE id = ?", id) == 1;
    }

    private boolean isClosed(String sale) {
        return count("SELECT COUNT(*) FROM flash_sales WHERE closed = TRUE AND id = ?", sale) == 1;
    }

    private long orders(String sale) {
        return count("SELECT COUNT(*) FROM flash_sale_orders WHERE sale_id = ?", sale);
    }

    private long count(String query, String id) {
        return jdbc.sql(query)
                .param(BinaryUuid.toBytes(UUID.fromString(id)))
                .query(Long.class)
                .single();
    }
}
