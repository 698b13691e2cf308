package dev.breakwater.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@InventorySlice
class OutageTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Calls calls;
    private final Calls actuator;

    @Autowired
    OutageTest(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        this.calls = new Calls(port);
        this.actuator = new Calls(managementPort);
    }

    @Test
    void without_its_database_the_service_is_alive_not_ready_and_says_503() {
        var sku = calls.product("tea", 5);
        Servers.mariadb().kill();
        try {
            var read = calls.get("/api/v1/products/" + sku);
            assertThat(read.status()).isEqualTo(503);
            assertThat(read.header("Content-Type")).startsWith("application/problem+json");
            assertThat(read.header("Retry-After")).isNotEmpty();
            // What needs no database is judged without it.
            assertThat(calls.get("/api/v1/products/a%20b").status()).isEqualTo(400);
            assertThat(actuator.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(actuator.get("/actuator/health/readiness").status()).isEqualTo(503);
        } finally {
            Servers.bringBack(Servers.mariadb());
        }
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(calls.stock(sku)).isEqualTo("5/0");
            assertThat(actuator.get("/actuator/health/readiness").status()).isEqualTo(200);
        });
    }

    @Test
    void without_kafka_products_and_stock_are_written_and_told_later() {
        Servers.kafka().kill();
        try {
            var path = "/api/v1/products/T-" + UUID.randomUUID();
            assertThat(calls.put(path, Calls.draft("tea", 1), TestTokens.admin())
                            .status())
                    .isEqualTo(201);
            assertThat(actuator.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(ledger().path("outboxPending").asLong()).isPositive();
        } finally {
            Servers.bringBack(Servers.kafka());
        }
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(ledger().path("outboxPending").asLong()).isZero());
    }

    private JsonNode ledger() {
        return calls.get("/internal/ledger", "Authorization", "Bearer " + TestTokens.admin())
                .json()
                .path("events");
    }
}
