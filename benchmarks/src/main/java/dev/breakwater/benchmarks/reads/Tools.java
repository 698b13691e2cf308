package dev.breakwater.benchmarks.reads;

import dev.breakwater.platform.servers.CannotStartException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Programs that are not ours, from the path of the shell. */
final class Tools {

    private Tools() {}

    /** @throws CannotStartException with what to install, when there is no such program */
    static Path find(String name, String howToInstall) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return find(name, howToInstall, path);
    }

    static Path find(String name, String howToInstall, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new CannotStartException(
                        "There is no %s on this machine; install it (%s).".formatted(name, howToInstall)));
    }
}
