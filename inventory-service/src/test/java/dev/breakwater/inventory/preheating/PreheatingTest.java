package dev.breakwater.inventory.preheating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.inventory.products.ProductCache;
import dev.breakwater.inventory.reservations.BestSellers;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import dev.breakwater.platform.web.exchange.ReadyAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.Banner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

@InventorySlice
class PreheatingTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int AT_A_TIME = 2;

    private final Calls calls;
    private final BestSellers sellers;
    private final ProductCache cache;
    private final ChangeFeed changes;
    private final MeterRegistry meters;
    private final JdbcTemplate jdbc;
    private final List<byte[]> orders = new ArrayList<>();

    @Autowired
    PreheatingTest(
            @LocalServerPort int port,
            BestSellers sellers,
            ProductCache cache,
            ChangeFeed changes,
            MeterRegistry meters,
            JdbcTemplate jdbc) {
        this.calls = new Calls(port);
        this.sellers = sellers;
        this.cache = cache;
        this.changes = changes;
        this.meters = meters;
        this.jdbc = jdbc;
    }

    @AfterEach
    void forgetOrders() {
        orders.forEach(order -> jdbc.update("DELETE FROM reservation_lines WHERE order_id = ?", order));
    }

    @Test
    void what_sells_best_of_late_comes_first() {
        var old = calls.product("tea", 0);
        var good = calls.product("tea", 0);
        var best = calls.product("tea", 0);
        order(old, 99);
        order(good, 2);
        order(best, 3);
        order(good, 2);
        order(best, 3);
        assertThat(sellers.ofLate(10, 4)).containsExactly(new Sku(best), new Sku(good));
        assertThat(sellers.ofLate(1, 4)).containsExactly(new Sku(best));
        assertThat(sellers.ofLate(1, 5)).containsExactly(new Sku(old));
    }

    @Test
    void an_admin_has_the_best_sellers_and_the_named_products_loaded() {
        var sold = calls.product("tea", 0);
        order(sold, 1);
        var answer = calls.post("/api/v1/admin/preheat", "", TestTokens.admin());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("wanted").asInt()).isPositive();
        assertThat(answer.json().path("loaded").asInt())
                .isEqualTo(answer.json().path("wanted").asInt());
        assertThat(cache.ready(sold)).isInstanceOf(ReadyAnswer.class);
        assertThat(meters.get("preheat.loaded").gauge().value())
                .isEqualTo(answer.json().path("loaded").asInt());

        var named = calls.product("tea", 0);
        var preheating = preheating(List.of(named), LONG, new SimpleMeterRegistry());
        assertThat(preheating.preheat().loaded()).isGreaterThan(1);
        assertThat(cache.ready(named)).isInstanceOf(ReadyAnswer.class);
    }

    @Test
    void nobody_else_may() {
        assertThat(calls.post("/api/v1/admin/preheat", "", TestTokens.customer("alice"))
                        .status())
                .isEqualTo(403);
        assertThat(calls.post("/api/v1/admin/preheat", "", null).status()).isEqualTo(401);
    }

    @Test
    void a_start_without_a_database_goes_on_without_warm_caches() throws Exception {
        Servers.mariadb().pause();
        try {
            var figures = new SimpleMeterRegistry();
            preheating(List.of("T-1"), Duration.ofSeconds(1), figures).run(new DefaultApplicationArguments());
            assertThat(figures.get("preheat.loaded").gauge().value()).isZero();
        } finally {
            Servers.mariadb().resume();
        }
    }

    @Test
    void no_more_are_loaded_at_the_same_time_than_configured() throws Exception {
        var skus = Stream.generate(() -> calls.product("tea", 0)).limit(10).toList();
        var preheating = preheating(skus, LONG, new SimpleMeterRegistry());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var lock = new LockedProducts()) {
            var running = threads.submit(preheating::preheat);
            await().atMost(LONG).until(() -> waitingLoads() == AT_A_TIME);
            await().during(Duration.ofMillis(300)).atMost(LONG).until(() -> waitingLoads() == AT_A_TIME);
            lock.release();
            assertThat(running.get().loaded()).isEqualTo(running.get().wanted());
        }
    }

    @Test
    void an_instance_is_not_ready_before_it_is_preheated() throws Exception {
        var preheating = preheating(List.of(calls.product("tea", 0)), LONG, new SimpleMeterRegistry());
        var starting = new AtomicReference<@Nullable GenericApplicationContext>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var lock = new LockedProducts()) {
            var started = threads.submit(() -> start(preheating, starting));
            await().atMost(LONG).until(() -> waitingLoads() > 0);
            var availability = Objects.requireNonNull(starting.get()).getBean(ApplicationAvailability.class);
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            lock.release();
            try (var context = started.get()) {
                assertThat(context.isRunning()).isTrue();
                assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
            }
        }
    }

    /** A service that does nothing but preheat. */
    private static ConfigurableApplicationContext start(
            Preheating preheating, AtomicReference<@Nullable GenericApplicationContext> starting) {
        var service = new SpringApplication(ApplicationAvailabilityBean.class);
        service.setWebApplicationType(WebApplicationType.NONE);
        service.setBannerMode(Banner.Mode.OFF);
        // Without a log of its own, which would end that of all tests with it.
        service.setListeners(service.getListeners().stream()
                .filter(EnvironmentPostProcessorApplicationListener.class::isInstance)
                .toList());
        ApplicationContextInitializer<GenericApplicationContext> initializer = context -> {
            context.registerBean(Preheating.class, () -> preheating);
            starting.set(context);
        };
        service.setInitializers(List.of(initializer));
        return service.run("--spring.config.name=none");
    }

    /** How many reads of one product the database holds up now. */
    private int waitingLoads() {
        return Objects.requireNonNull(jdbc.queryForObject("""
                SELECT COUNT(*)
                  FROM information_schema.processlist
                 WHERE db = DATABASE()
                   AND state = 'Waiting for table metadata lock'
                   AND info LIKE 'SELECT%FROM products WHERE sku = %'
                """, Integer.class));
    }

    /** Nobody reads a product meanwhile. */
    private final class LockedProducts implements AutoCloseable {

        private final Connection connection;

        LockedProducts() throws SQLException {
            connection = Objects.requireNonNull(jdbc.getDataSource()).getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute("LOCK TABLES products WRITE");
            }
        }

        @Override
        public void close() throws SQLException {
            release();
        }

        void release() throws SQLException {
            if (!connection.isClosed()) {
                try (connection;
                        var statement = connection.createStatement()) {
                    statement.execute("UNLOCK TABLES");
                }
            }
        }
    }

    private Preheating preheating(List<String> skus, Duration timeLimit, MeterRegistry figures) {
        return new Preheating(
                sellers, cache, changes, new PreheatProperties(skus, 10, 1_000, AT_A_TIME, timeLimit), figures);
    }

    /** A line of an order, and nothing else of it. */
    private void order(String sku, int quantity) {
        // Newer than what other tests write, which give their orders ids of any time.
        var order = BinaryUuid.toBytes(new UUID(-1, orders.size()));
        orders.add(order);
        jdbc.update("INSERT INTO reservation_lines (order_id, sku, quantity) VALUES (?, ?, ?)", order, sku, quantity);
    }
}
