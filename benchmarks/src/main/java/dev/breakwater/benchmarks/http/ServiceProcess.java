package dev.breakwater.benchmarks.http;

import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.testing.TestDatabase;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service as it is built, in a process of its own with both compilers, without a registry. */
public final class ServiceProcess implements AutoCloseable {

    private final ServingProcess process;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();

    /**
     * Returns when it is ready.
     *
     * @param service its name, which is its folder's as well
     * @param settings properties of its own
     */
    public ServiceProcess(String service, Map<String, String> settings) throws IOException, InterruptedException {
        var command = new ArrayList<>(ServingProcess.JAVA);
        command.addAll(List.of(
                "-jar",
                jar(service).toString(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--breakwater.discovery.enabled=false",
                "--spring.cloud.config.enabled=false",
                "--eureka.client.enabled=false"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        TestTokens.properties().forEach((name, value) -> command.add("--" + name + "=" + value));
        process = new ServingProcess(service, command, managementPort, "/actuator/health/readiness");
    }

    /** What a service is told of its database. */
    public static Map<String, String> of(TestDatabase database) {
        return Map.of(
                "DATABASE_ADDRESS", database.address(),
                "DATABASE_NAME", database.name(),
                "DATABASE_USER", database.user(),
                "DATABASE_PASSWORD", database.password());
    }

    private static Path jar(String service) {
        var jar = Path.of(System.getProperty("breakwater.repository", "."))
                .resolve("%1$s/target/%1$s-0.1.0-SNAPSHOT-exec.jar".formatted(service))
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new CannotStartException("There is no %s; run ./mvnw -DskipTests package.".formatted(jar));
        }
        return jar;
    }

    public long pid() {
        return process.process().pid();
    }

    public int port() {
        return port;
    }

    /** Where its metrics are. */
    public int managementPort() {
        return managementPort;
    }

    /** For who kills it and starts it again. */
    public LocalProcess process() {
        return process.process();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
