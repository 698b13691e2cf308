package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Side;
import dev.breakwater.benchmarks.http.ServingProcess;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.Folders;
import dev.breakwater.platform.servers.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers that answer what was captured of another, and do nothing else. */
public enum Peer {
    TOMCAT("bare Tomcat") {
        @Override
        void require() {}

        @Override
        List<String> command(int port, Path answer, Path folder) {
            var command = new ArrayList<>(ServingProcess.JAVA);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path", ""),
                    BareTomcat.class.getName(),
                    Integer.toString(port),
                    answer.toString(),
                    folder.toString()));
            return command;
        }
    },
    GIN("Gin") {
        private static final String HOW = "Debian: apt install golang-go golang-github-gin-gonic-gin-dev";
        /** Where Debian puts the sources of libraries. */
        private static final String LIBRARIES = "/usr/share/gocode";

        @Override
        void require() {
            Tools.find("go", HOW);
            if (!Files.exists(Path.of(LIBRARIES, "src/github.com/gin-gonic/gin"))) {
                throw new CannotStartException("There is no Gin below %s; install it (%s).".formatted(LIBRARIES, HOW));
            }
        }

        @Override
        List<String> command(int port, Path answer, Path folder) throws IOException, InterruptedException {
            var program = folder.resolve("gin");
            var build = new ProcessBuilder(
                            Tools.find("go", HOW).toString(), "build", "-o", program.toString(), source().toString())
                    .redirectErrorStream(true);
            build.environment().put("GO111MODULE", "off");
            build.environment().put("GOPATH", LIBRARIES);
            var built = build.start();
            var said = new String(built.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (built.waitFor() != 0) {
                throw new CannotStartException("Gin was not built: " + said.strip());
            }
            return List.of(program.toString(), Integer.toString(port), answer.toString());
        }

        private static Path source() {
            return Path.of(System.getProperty("breakwater.repository", "."))
                    .resolve("benchmarks/src/main/gin/main.go")
                    .toAbsolutePath()
                    .normalize();
        }
    };

    private final String called;

    Peer(String called) {
        this.called = called;
    }

    String called() {
        return called;
    }

    /** @throws CannotStartException says what to install */
    abstract void require();

    abstract List<String> command(int port, Path answer, Path folder) throws IOException, InterruptedException;

    /** In a process of its own, where it has shown that it gives the same answer. */
    Side open(CapturedAnswer answer) throws Exception {
        var port = FreePorts.next();
        var folder = Files.createTempDirectory("peer");
        answer.write(folder);
        var process = new ServingProcess("peer", command(port, folder, folder), port, Place.PATH + PageSide.SKU);
        AutoCloseable everything = () -> {
            process.close();
            Folders.delete(folder);
        };
        var given = CapturedAnswer.of(PageSide.page(port));
        if (!given.isSameAs(answer)) {
            everything.close();
            throw new IllegalStateException("%s answers with %s, not with %s".formatted(called, given, answer));
        }
        return new PageSide(PageSide.page(port), everything, null);
    }
}
