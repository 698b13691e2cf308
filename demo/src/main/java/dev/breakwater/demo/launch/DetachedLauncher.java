package dev.breakwater.demo.launch;

import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the launcher as a process of its own, passes on what it says until it is ready, and leaves it running. */
final class DetachedLauncher {

    private static final long POLL_MILLIS = 200;

    private final RunFolder folder;

    DetachedLauncher(RunFolder folder) {
        this.folder = folder;
    }

    /**
     * @param arguments the command line, one argument a line
     * @return the exit status
     */
    int start(String arguments) throws IOException, InterruptedException {
        // Says so at once when one is running, before its log is overwritten.
        folder.lock().close();
        var log = folder.root().resolve("launcher.log");
        Files.deleteIfExists(log);
        var launcher = new ProcessBuilder(OwnSession.command(command(arguments)))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var interrupted = new Thread(launcher::destroy);
        Runtime.getRuntime().addShutdownHook(interrupted);
        var said = 0L;
        while (!launcher.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            said = passOn(log, said);
            if (isReady(launcher.pid())) {
                passOn(log, said);
                Runtime.getRuntime().removeShutdownHook(interrupted);
                return 0;
            }
        }
        passOn(log, said);
        return launcher.exitValue();
    }

    private boolean isReady(long pid) {
        return RunState.read(folder.state())
                .filter(state -> state.launcher().pid() == pid)
                .filter(RunState::ready)
                .isPresent();
    }

    private static List<String> command(String arguments) {
        if (arguments.isEmpty()) {
            throw new CannotStartException("--detach works through the ./breakwater script only.");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(
                System.getProperty("breakwater.java-options", "").strip().split("\\s+")));
        command.add("-Dbreakwater.repository=" + RunFolder.repository());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.breakwater.demo.Breakwater"));
        arguments.lines().filter(argument -> !argument.equals("--detach")).forEach(command::add);
        return command;
    }

    private static long passOn(Path log, long from) throws IOException {
        if (!Files.exists(log)) {
            return from;
        }
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            var news = in.readAllBytes();
            System.out.write(news);
            System.out.flush();
            return from + news.length;
        }
    }
}
