package dev.breakwater.demo.launch;

import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Where a run keeps its state, logs and data: one folder a port offset, readable by its owner only. */
public record RunFolder(Path root) {

    /** Below {@code BREAKWATER_HOME}, or {@code .breakwater} in the repository. */
    public static RunFolder of(int portOffset) {
        return new RunFolder(home().resolve("run-" + portOffset));
    }

    public static Path home() {
        var home = System.getenv("BREAKWATER_HOME");
        return home == null || home.isBlank()
                ? repository().resolve(".breakwater")
                : Path.of(home).toAbsolutePath();
    }

    /** Where the suite was built; the script says it. */
    public static Path repository() {
        return Path.of(System.getProperty("breakwater.repository", "."))
                .toAbsolutePath()
                .normalize();
    }

    Path state() {
        return root.resolve("state");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path data() {
        return root.resolve("data");
    }

    /** Stays from run to run. */
    Path configuration() {
        return root.resolve("config");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path log(String member) {
        return logs().resolve(member.replace('/', '-') + ".log");
    }

    /** With the state, unless the path is longer than the address of a Unix socket can be. */
    Path controlSocket() {
        var socket = root.resolve("control");
        return socket.toString().length() < 100
                ? socket
                : Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "breakwater-" + socket.hashCode());
    }

    /** Held as long as a launcher runs on this folder, and given back by the system however it ends. */
    FileChannel lock() {
        try {
            Files.createDirectories(root);
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw alreadyRunning();
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw alreadyRunning();
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be used: %s.".formatted(root, e.getMessage()), e);
        }
    }

    /** Logs of the last run, and whatever else it left. */
    void clear() throws IOException {
        Folders.delete(logs());
        clearTemporary();
        Files.createDirectories(logs());
        Files.createDirectories(temporary());
    }

    /** Everything but the logs. */
    void clearTemporary() throws IOException {
        Folders.delete(data());
        Folders.delete(temporary());
        Files.deleteIfExists(controlSocket());
    }

    private CannotStartException alreadyRunning() {
        var who = RunState.read(state())
                .map(state -> " (pid %d)".formatted(state.launcher().pid()))
                .orElse("");
        return new CannotStartException(
                "Breakwater is running already on these ports%s; ./breakwater status shows it, ./breakwater down ends it, --port-offset starts another."
                        .formatted(who));
    }
}
