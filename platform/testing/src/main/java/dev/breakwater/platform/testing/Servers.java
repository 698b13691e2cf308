package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Kafka;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.MariaDb;
import dev.breakwater.platform.servers.Program;
import dev.breakwater.platform.servers.Redis;
import dev.breakwater.platform.servers.RedisCluster;
import dev.breakwater.platform.servers.ServerCache;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The servers of this JVM, each started at its first use and gone, with its data, when the JVM ends. */
public final class Servers {

    private static final String ROOT_PASSWORD = "root-of-the-tests";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static String[] databaseOptions = {};

    private static final Lazy MARIADB = new Lazy(
            "mariadb",
            (cache, data) ->
                    new MariaDb(cache).program(data, FreePorts.next(), ROOT_PASSWORD, List.of(), databaseOptions));
    private static final Lazy KAFKA =
            new Lazy("kafka", (cache, data) -> new Kafka(cache).program(data, FreePorts.next(), FreePorts.next()));
    private static final Lazy REDIS =
            new Lazy("redis", (cache, data) -> new Redis(cache).program(data, FreePorts.next()));

    private static final List<Lazy> REDIS_NODES = IntStream.range(0, RedisCluster.NODES)
            .mapToObj(n -> new Lazy(
                    "redis-" + n,
                    (cache, data) ->
                            new Redis(cache).clusterNode("redis-" + n, data, FreePorts.nextWith(RedisCluster.BUS))))
            .toList();

    private Servers() {}

    /** For a database that is larger than a test needs; before it is used first. */
    public static void databaseOptions(String... options) {
        databaseOptions = options.clone();
    }

    public static LocalProcess mariadb() {
        return MARIADB.get();
    }

    public static LocalProcess kafka() {
        return KAFKA.get();
    }

    public static LocalProcess redis() {
        return REDIS.get();
    }

    /** Three masters and three replicas. */
    public static RedisCluster redisCluster() {
        return Cluster.OF_REDIS;
    }

    /** Starts the server again after a test stopped or killed it, and waits until it serves. */
    public static void bringBack(LocalProcess server) {
        try {
            if (!server.isRunning()) {
                server.start();
            }
            server.resume();
            server.awaitReady(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    /** The server itself, as its administrator. */
    public static TestDatabase administration() {
        return new TestDatabase(mariadb().address(), "mysql", "root", ROOT_PASSWORD);
    }

    /** An empty database with a user of its own. */
    public static TestDatabase freshDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        var database = new TestDatabase(mariadb().address(), name, name, "breakwater-test");
        try (var root = DriverManager.getConnection(
                        "jdbc:mysql://%s/".formatted(mariadb().address()), "root", ROOT_PASSWORD);
                var statement = root.createStatement()) {
            statement.execute("CREATE DATABASE %s CHARACTER SET utf8mb4".formatted(name));
            statement.execute("CREATE USER '%s'@'127.0.0.1' IDENTIFIED BY '%s'".formatted(name, database.password()));
            statement.execute("GRANT ALL ON %1$s.* TO '%1$s'@'127.0.0.1'".formatted(name));
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("A database for the test cannot be created.", e);
        }
    }

    private static final class Cluster {
        private static final RedisCluster OF_REDIS =
                new RedisCluster(REDIS_NODES.stream().map(Lazy::get).toList());
    }

    private static final class Lazy implements Supplier<LocalProcess> {

        private final String name;
        private final BiFunction<ServerCache, Path, Program> program;
        private LocalProcess process;

        @SuppressWarnings("NullAway.Init") // started at the first use
        Lazy(String name, BiFunction<ServerCache, Path, Program> program) {
            this.name = name;
            this.program = program;
        }

        @Override
        public synchronized LocalProcess get() {
            if (process == null) {
                var folder = TestFolder.ofThisJvm();
                var started =
                        new LocalProcess(program.apply(ServerCache.standard(), folder.data(name)), folder.log(name));
                started.start();
                folder.remember(started);
                bringBack(started);
                process = started;
            }
            return process;
        }
    }
}
