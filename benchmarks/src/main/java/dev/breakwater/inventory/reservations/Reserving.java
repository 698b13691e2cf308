package dev.breakwater.inventory.reservations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.benchmarks.Database;
import dev.breakwater.inventory.stock.StockParts;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.persistence.ServerTimedJdbcTemplate;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The work that both sides are given: commands to reserve one piece, as they come from Kafka, and a database. */
final class Reserving implements AutoCloseable {

    static final String[] MIGRATIONS = {"db/platform", "db/inventory-service"};

    private static final int TRANSACTION_SECONDS = 60;

    final Database database;
    final JdbcTemplate jdbc;
    final Transactions transactions;
    private final List<String> skus;
    private final UuidV7 ids = new UuidV7();

    Reserving(int products, Database database) {
        this.database = database;
        jdbc = new ServerTimedJdbcTemplate(database.dataSource());
        transactions = new Transactions(new JdbcTransactionManager(database.dataSource()), TRANSACTION_SECONDS);
        skus = IntStream.range(0, products).mapToObj("HOT-%05d"::formatted).toList();
        for (var from = 0; from < products; from += 1_000) {
            StockParts.deliver(jdbc, transactions, skus.subList(from, Math.min(products, from + 1_000)));
        }
    }

    ConsumerRecord<String, byte[]> command() {
        var orderId = ids.next();
        var sku = skus.get(ThreadLocalRandom.current().nextInt(skus.size()));
        // Put together by hand, since the sender is a part of neither side.
        var payload = "{\"orderId\":\"" + orderId + "\",\"lines\":[{\"sku\":\"" + sku + "\",\"quantity\":1}]}";
        var command =
                new ConsumerRecord<>(Topics.INVENTORY_COMMANDS, 0, 0, orderId.toString(), payload.getBytes(UTF_8));
        command.headers().add("event-id", ids.next().toString().getBytes(UTF_8));
        command.headers().add("event-type", "ReserveStock".getBytes(UTF_8));
        command.headers().add("event-version", "1".getBytes(UTF_8));
        return command;
    }

    @Override
    public void close() {
        database.close();
    }
}
