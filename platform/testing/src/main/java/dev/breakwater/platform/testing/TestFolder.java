package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.Folders;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where this JVM's servers keep their data. It goes with the JVM; what a killed test JVM left behind, servers and all,
 * is ended and deleted by the next one.
 */
final class TestFolder {

    private static final String PREFIX = "breakwater-test-";

    private final Path root;
    private final List<LocalProcess> processes = new CopyOnWriteArrayList<>();

    private TestFolder(Path root) {
        this.root = root;
    }

    static TestFolder ofThisJvm() {
        return Holder.FOLDER;
    }

    Path data(String name) {
        return created(root.resolve(name));
    }

    Path log(String name) {
        return root.resolve(name + ".log");
    }

    void remember(LocalProcess process) {
        processes.add(process);
        append(root.resolve("servers"), process.mark());
    }

    private static TestFolder create() {
        try {
            var temp = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
            endLeftovers(temp);
            var folder = new TestFolder(Files.createTempDirectory(temp, PREFIX));
            append(folder.root.resolve("owner"), ProcessMark.of(ProcessHandle.current()));
            Runtime.getRuntime().addShutdownHook(new Thread(folder::destroy));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void endLeftovers(Path temp) throws IOException {
        try (var folders = Files.newDirectoryStream(temp, PREFIX + "*")) {
            for (var folder : folders) {
                if (isOrphaned(folder)) {
                    for (var server : marks(folder.resolve("servers"))) {
                        server.find().ifPresent(ProcessHandle::destroyForcibly);
                    }
                    Folders.delete(folder);
                }
            }
        }
    }

    /** A folder without an owner's mark is being made at this moment. */
    private static boolean isOrphaned(Path folder) throws IOException {
        var owners = marks(folder.resolve("owner"));
        return !owners.isEmpty()
                && owners.stream().allMatch(owner -> owner.find().isEmpty());
    }

    private static List<ProcessMark> marks(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(ProcessMark::parse).toList()
                : List.of();
    }

    private static void append(Path file, ProcessMark mark) {
        try {
            Files.writeString(file, mark + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Killed, not stopped: nobody will read the data again. */
    private void destroy() {
        processes.forEach(LocalProcess::kill);
        try {
            Folders.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Holder {
        private static final TestFolder FOLDER = create();
    }
}
