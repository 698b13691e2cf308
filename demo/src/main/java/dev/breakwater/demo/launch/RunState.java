package dev.breakwater.demo.launch;

import dev.breakwater.platform.servers.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is running, written down at every change: when the launcher is killed, this says which processes were its own.
 *
 * @param children member name → process
 */
record RunState(ProcessMark launcher, boolean ready, Map<String, ProcessMark> children) {

    static Optional<RunState> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Optional<ProcessMark> launcher = Optional.empty();
            var ready = false;
            var children = new LinkedHashMap<String, ProcessMark>();
            for (var line : Files.readAllLines(file)) {
                var words = line.split(" ");
                switch (words[0]) {
                    case "launcher" -> launcher = Optional.of(ProcessMark.parse(words[1]));
                    case "ready" -> ready = true;
                    case "child" -> children.put(words[1], ProcessMark.parse(words[2]));
                    default ->
                        throw new IllegalStateException("%s has a line that nobody wrote: %s".formatted(file, line));
                }
            }
            var wasReady = ready;
            return launcher.map(mark -> new RunState(mark, wasReady, children));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file) {
        var lines = new ArrayList<String>();
        lines.add("launcher " + launcher);
        if (ready) {
            lines.add("ready");
        }
        children.forEach((name, mark) -> lines.add("child %s %s".formatted(name, mark)));
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, lines);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return launcher.find().isPresent();
    }
}
