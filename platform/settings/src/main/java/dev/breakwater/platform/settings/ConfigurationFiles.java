package dev.breakwater.platform.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a directory and of those in it, where Spring Boot finds its configuration too. A mounted ConfigMap keeps
 * its versions in hidden directories and points to the one that holds; the hidden ones are not read.
 */
final class ConfigurationFiles implements ConfigurationSource {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationFiles.class);
    private static final int DEPTH = 2;

    private final Path directory;

    ConfigurationFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public @Nullable String read() {
        try (var found = Files.walk(directory, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            var files = found.filter(file -> !isHidden(directory.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            var all = new StringBuilder();
            for (var file : files) {
                all.append(file).append('\n').append(Files.readString(file)).append('\n');
            }
            return all.toString();
        } catch (IOException | UncheckedIOException e) {
            // Replaced while it was read, for instance: the next look finds it whole.
            log.debug("configuration not read cause={}", e.toString());
            return null;
        }
    }

    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }
}
