package dev.breakwater.platform.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        return new Program(
                "redis",
                port,
                List.of(
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
                        "96mb"),
                Map.of(),
                data,
                Readiness::answersRedisPing,
                Duration.ofSeconds(5));
    }

    static void makeExecutable(Path file) {
        if (!Files.isExecutable(file) && !file.toFile().setExecutable(true)) {
            throw new CannotStartException("%s cannot be made executable.".formatted(file));
        }
    }
}
