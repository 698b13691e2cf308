package dev.breakwater.benchmarks.http;

import dev.breakwater.platform.persistence.ServerTimedJdbcTemplate;
import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.Program;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestTokens;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An order-service as it is built, in a process of its own with both compilers, on a fresh database. */
final class OrderService implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final String JAR = "order-service/target/order-service-0.1.0-SNAPSHOT-exec.jar";
    static final String SKU = "LAMP-1";

    private final LocalProcess process;
    private final JdbcTemplate jdbc;
    private final int port = FreePorts.next();

    OrderService(int connections, Map<String, String> settings) throws Exception {
        var database = Servers.freshDatabase();
        jdbc = new ServerTimedJdbcTemplate(
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
        var management = FreePorts.next();
        var repository = Path.of(System.getProperty("breakwater.repository", "."));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                repository.resolve(JAR).toAbsolutePath().normalize().toString(),
                "--server.port=" + port,
                "--management.server.port=" + management,
                "--spring.datasource.hikari.maximum-pool-size=" + connections,
                "--spring.datasource.hikari.connection-timeout=30000",
                "--breakwater.discovery.enabled=false",
                "--spring.cloud.config.enabled=false",
                "--eureka.client.enabled=false",
                "--DATABASE_ADDRESS=" + database.address(),
                "--DATABASE_NAME=" + database.name(),
                "--DATABASE_USER=" + database.user(),
                "--DATABASE_PASSWORD=" + database.password(),
                "--KAFKA_ADDRESSES=" + Servers.kafka().address()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        TestTokens.properties().forEach((name, value) -> command.add("--" + name + "=" + value));
        var folder = Files.createTempDirectory("order-service");
        process = new LocalProcess(
                new Program(
                        "order-service",
                        management,
                        command,
                        Map.of(),
                        folder,
                        OrderService::isReady,
                        Duration.ofSeconds(20)),
                folder.resolve("log"));
        process.start();
        try {
            process.awaitReady(LONGEST_START);
        } catch (Exception e) {
            process.stop();
            throw e;
        }
        jdbc.update("INSERT INTO prices (sku, price_minor, currency, version) VALUES (?, 12900, 'CNY', 1)", SKU);
    }

    private static boolean isReady(int port) throws java.io.IOException {
        var connection = (HttpURLConnection) URI.create("http://localhost:" + port + "/actuator/health/readiness")
                .toURL()
                .openConnection();
        return connection.getResponseCode() == 200;
    }

    int port() {
        return port;
    }

    long count(String sql) {
        var count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        process.stop();
    }
}
