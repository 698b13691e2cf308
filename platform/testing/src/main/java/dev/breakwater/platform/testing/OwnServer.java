package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.Program;
import dev.breakwater.platform.servers.ServerCache;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A server as a process of this JVM's own: started when it is first asked for, gone with the JVM. */
final class OwnServer implements Supplier<LocalProcess> {

    private final String name;
    private final BiFunction<ServerCache, Path, Program> program;
    private LocalProcess process;

    @SuppressWarnings("NullAway.Init") // started at the first use
    OwnServer(String name, BiFunction<ServerCache, Path, Program> program) {
        this.name = name;
        this.program = program;
    }

    @Override
    public synchronized LocalProcess get() {
        if (process == null) {
            var folder = TestFolder.ofThisJvm();
            var started = new LocalProcess(program.apply(ServerCache.standard(), folder.data(name)), folder.log(name));
            started.start();
            folder.remember(started);
            Servers.bringBack(started);
            process = started;
        }
        return process;
    }
}
