package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Readiness;
import dev.breakwater.platform.servers.Server;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The same servers as those of {@code docker compose up}, set as the embedded ones are. */
final class Containers {

    static final DockerImageName MYSQL = DockerImageName.parse("mysql:9.7");
    static final DockerImageName REDIS = DockerImageName.parse("redis:8");
    static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.1");

    private Containers() {}

    /** @param options of the server; they override */
    static Server mysql(String rootPassword, String... options) {
        var usual = Stream.of(
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
                "--skip-name-resolve",
                "--skip-log-bin",
                "--max-connections=300",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-lock-wait-timeout=2",
                "--innodb-rollback-on-timeout=ON",
                "--performance-schema=OFF");
        return new Container(
                "mysql",
                FreePorts.next(),
                3306,
                Readiness::greetsAsMySql,
                new GenericContainer<>(MYSQL)
                        .withEnv(Map.of("MYSQL_ROOT_PASSWORD", rootPassword, "MYSQL_ROOT_HOST", "%"))
                        .withCommand(Stream.concat(usual, Stream.of(options)).toArray(String[]::new)));
    }

    static Server redis() {
        return new Container(
                "redis",
                FreePorts.next(),
                6379,
                Readiness::answersRedisPing,
                new GenericContainer<>(REDIS)
                        .withCommand("redis-server", "--save", "", "--appendonly", "no", "--maxmemory", "96mb"));
    }

    static Server kafka() {
        var port = FreePorts.next();
        var settings = Map.ofEntries(
                Map.entry("KAFKA_NODE_ID", "1"),
                Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE"),
                Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,INSIDE://:9094,CONTROLLER://:9093"),
                // Where it is for clients on this machine, and for itself.
                Map.entry(
                        "KAFKA_ADVERTISED_LISTENERS",
                        "PLAINTEXT://localhost:%d,INSIDE://localhost:9094".formatted(port)),
                Map.entry(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "PLAINTEXT:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3"),
                Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                Map.entry("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000"));
        return new Container(
                "kafka",
                port,
                9092,
                Readiness::answersKafkaApiVersions,
                new GenericContainer<>(KAFKA).withEnv(settings));
    }
}
