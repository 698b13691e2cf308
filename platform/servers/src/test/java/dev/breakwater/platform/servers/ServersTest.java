package dev.breakwater.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerCache cache = ServerCache.standard();

    @TempDir
    private Path folder;

    @Test
    void mariadb_keeps_its_data_over_a_crash_and_knows_its_accounts() throws Exception {
        var account = new MariaDb.Account("orders", "orders", "secret");
        var program = new MariaDb(cache).program(created("mariadb"), FreePorts.next(), "root-secret", List.of(account));
        try (var mariadb = new LocalProcess(program, folder.resolve("mariadb.log"))) {
            mariadb.start().awaitReady(PATIENCE);
            var url = "jdbc:mysql://%s/orders".formatted(mariadb.address());
            try (var connection = DriverManager.getConnection(url, "orders", "secret");
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (id INT PRIMARY KEY) ENGINE=InnoDB");
                statement.execute("INSERT INTO kept VALUES (42)");
            }

            mariadb.kill();
            assertThat(mariadb.isRunning()).isFalse();
            mariadb.start().awaitReady(PATIENCE);

            try (var connection = DriverManager.getConnection(url, "orders", "secret");
                    var rows = connection.createStatement().executeQuery("SELECT id, VERSION() FROM kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
                assertThat(rows.getString(2)).startsWith("11.4.");
            }
            assertThatThrownBy(() -> DriverManager.getConnection(url, "root", ""))
                    .hasMessageContaining("Access denied");
        }
    }

    @Test
    void redis_answers_and_stops() throws Exception {
        var program = new Redis(cache).program(created("redis"), FreePorts.next());
        var redis = new LocalProcess(program, folder.resolve("redis.log"));
        redis.start().awaitReady(PATIENCE);
        redis.stop();
        assertThat(redis.isRunning()).isFalse();
        assertThat(redis.isReady()).isFalse();
    }

    @Test
    void six_redis_processes_become_a_cluster_that_is_whole_again_after_a_crash() throws Exception {
        var nodes = new ArrayList<LocalProcess>();
        try {
            for (var n = 0; n < RedisCluster.NODES; n++) {
                var program = new Redis(cache)
                        .clusterNode("redis-" + n, created("redis-" + n), FreePorts.nextWith(RedisCluster.BUS));
                nodes.add(new LocalProcess(program, folder.resolve("redis-" + n + ".log"))
                        .start()
                        .awaitReady(PATIENCE));
            }
            var cluster = new RedisCluster(nodes);
            assertThat(RedisAnswer.to(nodes.getLast().port(), "CLUSTER", "INFO"))
                    .contains("cluster_slots_ok:16384", "cluster_size:3", "cluster_known_nodes:6");
            assertThat(RedisAnswer.to(nodes.getFirst().port(), "SET", "b", "at its master"))
                    .isEqualTo("OK");
            assertThat(RedisAnswer.to(nodes.getLast().port(), "SET", "b", "at a replica"))
                    .startsWith("-MOVED");

            nodes.getFirst().kill();
            cluster.bringBack();
            assertThat(RedisAnswer.to(nodes.getLast().port(), "CLUSTER", "INFO"))
                    .contains("cluster_slots_ok:16384", "cluster_size:3", "cluster_known_nodes:6");
        } finally {
            nodes.forEach(LocalProcess::kill);
        }
    }

    @Test
    void kafka_becomes_ready_is_frozen_thaws_and_starts_again_on_its_data() throws Exception {
        var program = new Kafka(cache).program(created("kafka"), FreePorts.next(), FreePorts.next());
        try (var kafka = new LocalProcess(program, folder.resolve("kafka.log"))) {
            kafka.start().awaitReady(PATIENCE);
            kafka.pause();
            assertThat(kafka.isReady()).isFalse();
            kafka.resume();
            kafka.awaitReady(PATIENCE);
            kafka.stop();
            kafka.start().awaitReady(PATIENCE);
        }
    }

    @Test
    void a_program_that_ends_at_once_is_reported_with_its_last_words() {
        var program = new Program(
                "sulker",
                FreePorts.next(),
                List.of("sh", "-c", "echo I will not; exit 3"),
                Map.of(),
                folder,
                port -> false,
                Duration.ofSeconds(1));
        var sulker = new LocalProcess(program, folder.resolve("sulker.log"));
        assertThatThrownBy(() -> sulker.start().awaitReady(PATIENCE))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("sulker ended with status 3")
                .hasMessageContaining("I will not");
    }

    @Test
    void a_program_that_ignores_the_request_to_stop_is_killed() throws Exception {
        var program = new Program(
                "stubborn",
                FreePorts.next(),
                List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"),
                Map.of(),
                folder,
                port -> Files.exists(folder.resolve("stubborn.log")) && Files.size(folder.resolve("stubborn.log")) > 0,
                Duration.ofMillis(200));
        var stubborn = new LocalProcess(program, folder.resolve("stubborn.log"));
        stubborn.start().awaitReady(PATIENCE);
        stubborn.stop();
        assertThat(stubborn.isRunning()).isFalse();
    }

    private Path created(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }
}
