package dev.breakwater.demo.launch;

import dev.breakwater.platform.servers.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program in a session of its own, so that Ctrl-C reaches the launcher alone, which ends its children in order.
 * Without {@code setsid} (macOS) they hear it themselves and end all at once, which is safe too.
 */
final class OwnSession {

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private OwnSession() {}

    static Program of(Program program) {
        return new Program(
                program.name(),
                program.port(),
                command(program.command()),
                program.environment(),
                program.directory(),
                program.readiness(),
                program.stopsWithin());
    }

    static List<String> command(List<String> command) {
        return SETSID.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> {
                    var all = new ArrayList<String>();
                    all.add(setsid.toString());
                    all.addAll(command);
                    return List.copyOf(all);
                })
                .orElse(command);
    }
}
