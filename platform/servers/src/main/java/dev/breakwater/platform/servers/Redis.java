package dev.breakwater.platform.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis 6.2, in memory only: in this suite it is the doorman and never the ledger. */
public final class Redis {

    private final Path binary;

    public Redis(ServerCache cache) {
        var name = "redis-server-6.2.6-v5-" + Platform.current().redisSuffix();
        try (var source = ClassPathFolder.around(name)) {
            binary = cache.unpacked("redis-6.2.6", source, name::equals).resolve(name);
        } catch (IOException e) {
            throw new CannotStartException("The Redis binary cannot be unpacked: %s.".formatted(e.getMessage()), e);
        }
        makeExecutable(binary);
    }

    public Program program(Path data, int port) {
        return program("redis", data, port, List.of(), Readiness::answersRedisPing);
    }

    /** Answers over TLS alone. */
    public Program program(Path data, int port, ServerCertificate certificate) {
        return program(
                "redis",
                data,
                port,
                List.of(
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        certificate.chain().toString(),
                        "--tls-key-file",
                        certificate.key().toString(),
                        "--tls-ca-cert-file",
                        certificate.authority().toString(),
                        "--tls-auth-clients",
                        "no"),
                Readiness.overTls(certificate, Readiness::answersRedisPing));
    }

    /** A node of a cluster, which {@link RedisCluster} makes of several; it also listens on the port 10,000 above. */
    public Program clusterNode(String name, Path data, int port) {
        return program(
                name,
                data,
                port,
                List.of(
                        "--cluster-enabled",
                        "yes",
                        "--cluster-announce-ip",
                        "127.0.0.1",
                        "--cluster-node-timeout",
                        Long.toString(RedisCluster.NODE_TIMEOUT.toMillis())),
                Readiness::answersRedisPing);
    }

    /** @param more of its options; they override */
    private Program program(String name, Path data, int port, List<String> more, Readiness readiness) {
        var command = new ArrayList<>(List.of(
                binary.toString(), //
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                "96mb",
                // Pages of the cache make room for others; what is asked for all the time, as limits are, stays.
                "--maxmemory-policy",
                "volatile-lfu"));
        command.addAll(more);
        return new Program(name, port, List.copyOf(command), Map.of(), data, readiness, Duration.ofSeconds(5));
    }

    static void makeExecutable(Path file) {
        if (!Files.isExecutable(file) && !file.toFile().setExecutable(true)) {
            throw new CannotStartException("%s cannot be made executable.".formatted(file));
        }
    }
}
