package dev.breakwater.benchmarks.http;

import dev.breakwater.platform.persistence.ServerTimedJdbcTemplate;
import dev.breakwater.platform.testing.Servers;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An order-service on a fresh database. */
final class OrderService implements AutoCloseable {

    static final String SKU = "LAMP-1";

    private final ServiceProcess process;
    private final JdbcTemplate jdbc;

    OrderService(int connections, Map<String, String> settings) throws Exception {
        var database = Servers.freshDatabase();
        jdbc = new ServerTimedJdbcTemplate(
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
        var all = new HashMap<>(settings);
        all.putAll(ServiceProcess.of(database));
        all.put("KAFKA_ADDRESSES", Servers.kafka().address());
        all.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(connections));
        all.put("spring.datasource.hikari.connection-timeout", "30000");
        process = new ServiceProcess("order-service", all);
        jdbc.update("INSERT INTO prices (sku, price_minor, currency, version) VALUES (?, 12900, 'CNY', 1)", SKU);
    }

    int port() {
        return process.port();
    }

    long count(String sql) {
        var count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
