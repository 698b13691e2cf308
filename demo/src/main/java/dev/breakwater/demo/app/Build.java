package dev.breakwater.demo.app;

import dev.breakwater.demo.suite.Service;
import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * What Maven made of a service: a Spring Boot jar that holds all it needs, or a plain jar with its libraries beside it.
 */
record Build(Path jar, boolean isSpringBoot) {

    static Build of(Path repository, Service service) {
        var target = repository.resolve(service.artifact()).resolve("target");
        try (var jars = Files.newDirectoryStream(target, service.artifact() + "-*-exec.jar")) {
            for (var jar : jars) {
                try (var zip = new ZipFile(jar.toFile())) {
                    return new Build(jar, zip.getEntry("BOOT-INF/") != null);
                }
            }
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be read: %s.".formatted(target, e.getMessage()), e);
        }
        throw new CannotStartException(
                "%s is not built; run ./mvnw -DskipTests package.".formatted(service.artifact()));
    }

    /** Of the content, so that a build that changed nothing costs no new training run, and of how the JVM is run. */
    String fingerprint(List<String> command) throws IOException {
        var crc = new CRC32();
        crc.update(String.join(" ", command).getBytes(StandardCharsets.UTF_8));
        crc.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
        addContent(jar, crc);
        if (!isSpringBoot) {
            try (var libraries = Files.list(jar.resolveSibling("lib"))) {
                for (var library : libraries.sorted().toList()) {
                    addContent(library, crc);
                }
            }
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** As {@code app.jar} and {@code lib/} in a new folder. */
    void unpack(Path folder) throws IOException, InterruptedException {
        if (isSpringBoot) {
            var log = Files.createTempFile("breakwater-unpack", ".log");
            var extract = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xshare:auto",
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--destination",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            var done = extract.waitFor(1, TimeUnit.MINUTES) && extract.exitValue() == 0;
            var said = Files.readString(log);
            Files.delete(log);
            if (!done) {
                extract.destroyForcibly();
                throw new CannotStartException("%s cannot be unpacked: %s".formatted(jar, said));
            }
            Files.move(folder.resolve(jar.getFileName()), folder.resolve("app.jar"));
            return;
        }
        Files.createDirectories(folder.resolve("lib"));
        Files.copy(jar, folder.resolve("app.jar"));
        try (var libraries = Files.newDirectoryStream(jar.resolveSibling("lib"))) {
            for (var library : libraries) {
                Files.copy(library, folder.resolve("lib").resolve(library.getFileName()));
            }
        }
    }

    private static void addContent(Path jar, CRC32 crc) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.getName().endsWith("build-info.properties"))
                    .forEach(entry -> crc.update(
                            "%s %x\n".formatted(entry.getName(), entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
        }
    }
}
