package dev.breakwater.platform.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/**
 * The place where the servers' binaries and empty data folders are kept between runs: {@code ~/.cache/breakwater},
 * moved by the system property {@code breakwater.cache} or the environment variable {@code BREAKWATER_CACHE}.
 *
 * <p>An entry is made beside its place and renamed when it is whole, under a lock between processes: a name that exists
 * is complete, whatever was killed in the middle.
 */
public record ServerCache(Path root) {

    /** Makes the content of a new entry. */
    interface Maker {
        void make(Path folder) throws IOException, InterruptedException;
    }

    public static ServerCache standard() {
        var property = System.getProperty("breakwater.cache");
        if (property != null && !property.isBlank()) {
            return new ServerCache(Path.of(property).toAbsolutePath());
        }
        var environment = System.getenv("BREAKWATER_CACHE");
        if (environment != null && !environment.isBlank()) {
            return new ServerCache(Path.of(environment).toAbsolutePath());
        }
        // HOME first: it is what a person without a home of their own sets, and Java does not look at it.
        var home = System.getenv().getOrDefault("HOME", System.getProperty("user.home", "."));
        return new ServerCache(Path.of(home, ".cache", "breakwater"));
    }

    /**
     * The wanted files of a class path folder as an entry; one that lacks a file, or has it in another size, is redone.
     */
    Path unpacked(String name, ClassPathFolder source, Predicate<String> wanted) {
        var files = source.files(wanted);
        return entry(
                name,
                folder -> {
                    for (var file : files) {
                        if (!source.isSameSize(file, folder.resolve(file.toString()))) {
                            return false;
                        }
                    }
                    return true;
                },
                folder -> {
                    for (var file : files) {
                        source.copy(file, folder.resolve(file.toString()));
                    }
                });
    }

    /** The named entry, made when there is none yet. */
    Path entry(String name, Maker maker) {
        return entry(name, Files::exists, maker);
    }

    private interface Check {
        boolean isWhole(Path folder) throws IOException;
    }

    private Path entry(String name, Check check, Maker maker) {
        var target = root.resolve(name);
        var part = root.resolve(name + ".part");
        try {
            Files.createDirectories(root);
            try (var lock = FileChannel.open(
                    root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (Files.exists(target) && check.isWhole(target)) {
                    return target;
                }
                Folders.delete(target);
                Folders.delete(part);
                maker.make(part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                return target;
            }
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be prepared in %s: %s.".formatted(name, root, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Preparing %s was interrupted.".formatted(name), e);
        }
    }
}
