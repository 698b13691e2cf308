package dev.breakwater.demo.app;

import dev.breakwater.demo.suite.Service;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.Folders;
import dev.breakwater.platform.servers.Program;
import dev.breakwater.platform.servers.Readiness;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The built services as they are run: unpacked once a build, since a class path of plain jars starts faster than nested
 * ones, and with an ahead-of-time cache (JEP 483, JEP 514, JEP 515) from a training run that refreshes the Spring
 * context, connects to nothing and exits.
 */
public final class Apps {

    private static final Duration LONGEST_TRAINING = Duration.ofMinutes(10);
    /** They serve on for 3 s, and then calls and batches under way have 15 s. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    private final Path repository;
    private final Path apps;
    private final Map<Service, Path> prepared = new ConcurrentHashMap<>();

    /**
     * @param repository where the services were built
     * @param apps where the unpacked ones are kept
     */
    public Apps(Path repository, Path apps) {
        this.repository = repository;
        this.apps = apps;
    }

    /** Makes ready what is not ready yet, two at a time, and says what it does. */
    public void prepare(Collection<Service> services, Consumer<String> progress) {
        try (var workers = Executors.newFixedThreadPool(2)) {
            var all = services.stream()
                    .map(service -> workers.submit(() -> {
                        prepare(service, progress);
                        return service;
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CannotStartException sentence
                    ? sentence
                    : new CannotStartException("The services cannot be prepared: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Preparing the services was interrupted.", e);
        }
    }

    /** How to run an instance of a prepared service. */
    public Program program(
            Service service,
            String name,
            int port,
            Map<String, String> environment,
            Path temporary,
            Readiness readiness) {
        var folder = prepared.get(service);
        if (folder == null) {
            throw new IllegalStateException(service.artifact() + " was not prepared.");
        }
        var command = new ArrayList<>(JavaCommand.of(service, temporary));
        if (Files.exists(folder.resolve("app.aot"))) {
            command.add("-XX:AOTCache=" + folder.resolve("app.aot"));
        }
        command.addAll(List.of("-jar", folder.resolve("app.jar").toString()));
        return new Program(name, port, command, environment, folder, readiness, LONGEST_STOP);
    }

    private void prepare(Service service, Consumer<String> progress) throws IOException, InterruptedException {
        Files.createDirectories(apps);
        // A suite on other ports may be getting ready from the same build at this moment.
        try (var lock = FileChannel.open(
                apps.resolve(service.artifact() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            prepared.put(service, prepared(service, progress));
        }
    }

    private Path prepared(Service service, Consumer<String> progress) throws IOException, InterruptedException {
        var build = Build.of(repository, service);
        var folder = apps.resolve(service.artifact() + "-" + build.fingerprint(JavaCommand.of(service, Path.of(""))));
        if (!Files.exists(folder)) {
            var started = System.nanoTime();
            removeOlder(service);
            var part = apps.resolve(service.artifact() + ".part");
            Folders.delete(part);
            build.unpack(part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            train(service, folder);
            progress.accept("prepared %s (%d s, once a build)"
                    .formatted(
                            service.artifact(),
                            Duration.ofNanos(System.nanoTime() - started).toSeconds()));
        } else if (!Files.exists(folder.resolve("app.aot"))) {
            train(service, folder);
            progress.accept("trained " + service.artifact());
        }
        return folder;
    }

    /** The cache is made under another name and renamed: one that exists is whole. */
    private void train(Service service, Path folder) throws IOException, InterruptedException {
        var part = folder.resolve("app.aot.part");
        var log = folder.resolve("training.log");
        var temporary = Files.createDirectories(folder.resolve("tmp"));
        var command = new ArrayList<>(JavaCommand.of(service, temporary));
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + part,
                "-Dspring.context.exit=onRefresh",
                "-jar",
                folder.resolve("app.jar").toString()));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // A port where nobody listens: the configuration of a suite that happens to run is none of the training's
        // business.
        builder.environment()
                .putAll(Map.of(
                        "DISCOVERY_URL", "http://127.0.0.1:9",
                        "SPRING_PROFILES_ACTIVE", "demo,aot-training",
                        "SERVER_ADDRESS", "127.0.0.1",
                        "SERVER_PORT", "0",
                        "MANAGEMENT_SERVER_PORT", "0"));
        var training = builder.start();
        var interrupted = new Thread(training::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(interrupted);
        if (!training.waitFor(LONGEST_TRAINING.toSeconds(), TimeUnit.SECONDS)) {
            training.destroyForcibly().waitFor();
        }
        Runtime.getRuntime().removeShutdownHook(interrupted);
        Folders.delete(temporary);
        if (training.exitValue() != 0 || !Files.exists(part)) {
            throw new CannotStartException("The training run of %s for its ahead-of-time cache failed; see %s."
                    .formatted(service.artifact(), log));
        }
        Files.move(part, folder.resolve("app.aot"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void removeOlder(Service service) throws IOException {
        try (var older = Files.newDirectoryStream(apps, service.artifact() + "-*")) {
            for (var folder : older) {
                Folders.delete(folder);
            }
        }
    }
}
