package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Kafka;
import dev.breakwater.platform.servers.MariaDb;
import dev.breakwater.platform.servers.Redis;
import dev.breakwater.platform.servers.RedisCluster;
import dev.breakwater.platform.servers.Server;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The servers of this JVM, each started at its first use and gone, with its data, when the JVM ends. */
public final class Servers {

    private static final String ROOT_PASSWORD = "root-of-the-tests";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static String[] databaseOptions = {};

    private static final TestServer DATABASE = new TestServer(
            Containers.MYSQL,
            () -> Containers.mysql(ROOT_PASSWORD, databaseOptions),
            new OwnServer(
                    "mariadb",
                    (cache, data) -> new MariaDb(cache)
                            .program(data, FreePorts.next(), ROOT_PASSWORD, List.of(), databaseOptions)));
    private static final TestServer KAFKA = new TestServer(
            Containers.KAFKA,
            Containers::kafka,
            new OwnServer(
                    "kafka", (cache, data) -> new Kafka(cache).program(data, FreePorts.next(), FreePorts.next())));
    private static final TestServer REDIS = new TestServer(
            Containers.REDIS,
            Containers::redis,
            new OwnServer("redis", (cache, data) -> new Redis(cache).program(data, FreePorts.next())));

    private static final List<OwnServer> REDIS_NODES = IntStream.range(0, RedisCluster.NODES)
            .mapToObj(n -> new OwnServer(
                    "redis-" + n,
                    (cache, data) ->
                            new Redis(cache).clusterNode("redis-" + n, data, FreePorts.nextWith(RedisCluster.BUS))))
            .toList();

    private Servers() {}

    /** For a database that is larger than a test needs; before it is used first. */
    public static void databaseOptions(String... options) {
        databaseOptions = options.clone();
    }

    /** MariaDB, or MySQL in a container. */
    public static Server mariadb() {
        return DATABASE.get();
    }

    /** Whether a database is MySQL, for what a test has to ask of the two in different words. */
    public static boolean isMySql() {
        return DATABASE.isContained();
    }

    public static Server kafka() {
        return KAFKA.get();
    }

    public static Server redis() {
        return REDIS.get();
    }

    /** Three masters and three replicas; processes in any case. */
    public static RedisCluster redisCluster() {
        return Cluster.OF_REDIS;
    }

    /** Starts the server again after a test stopped or killed it, and waits until it serves. */
    public static void bringBack(Server server) {
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

    static <T extends Server> T broughtBack(T server) {
        bringBack(server);
        return server;
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
            // From a container this machine has another address.
            statement.execute("CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(name, database.password()));
            statement.execute("GRANT ALL ON %1$s.* TO '%1$s'@'%%'".formatted(name));
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("A database for the test cannot be created.", e);
        }
    }

    private static final class Cluster {
        private static final RedisCluster OF_REDIS =
                new RedisCluster(REDIS_NODES.stream().map(OwnServer::get).toList());
    }
}
