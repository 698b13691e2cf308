package dev.breakwater.demo.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who listens on a port, as far as Linux's {@code /proc} lets this user see it. */
final class PortOwner {

    private static final String LISTENING = "0A";

    private PortOwner() {}

    /** The program and its pid. */
    static Optional<String> of(int port) {
        try {
            var sockets = new HashSet<String>();
            addSockets(Path.of("/proc/net/tcp"), port, sockets);
            addSockets(Path.of("/proc/net/tcp6"), port, sockets);
            return sockets.isEmpty() ? Optional.empty() : ownerOf(sockets);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void addSockets(Path table, int port, Set<String> sockets) throws IOException {
        if (!Files.exists(table)) {
            return;
        }
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        for (var line : Files.readAllLines(table)) {
            var fields = line.strip().split("\\s+");
            if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
                sockets.add("socket:[%s]".formatted(fields[9]));
            }
        }
    }

    private static Optional<String> ownerOf(Set<String> sockets) {
        return ProcessHandle.allProcesses()
                .filter(process -> holdsAny(process.pid(), sockets))
                .findFirst()
                .map(process -> "%s (pid %d)"
                        .formatted(
                                process.info()
                                        .command()
                                        .map(command ->
                                                Path.of(command).getFileName().toString())
                                        .orElse("a process"),
                                process.pid()));
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (var descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Ended meanwhile, or somebody else's.
            return false;
        }
    }
}
