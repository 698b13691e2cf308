package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.http.ServingProcess;
import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Redis;
import dev.breakwater.platform.servers.ServerCache;
import java.io.IOException;
import java.time.Duration;

/** A Redis of its own that stands still at intervals, as one does that has more to do than it can. */
final class StallingRedis implements AutoCloseable {

    private final ServingProcess server;
    private final Thread stalls;
    private volatile boolean over;

    /**
     * @param stall how long it stands still each time
     * @param every from the beginning of one stall to that of the next
     */
    StallingRedis(Duration stall, Duration every) throws IOException, InterruptedException {
        server = new ServingProcess(
                "stalling-redis", folder -> new Redis(ServerCache.standard()).program(folder, FreePorts.next()));
        stalls = Thread.ofPlatform().name("stalls").unstarted(() -> stall(stall, every.minus(stall)));
    }

    private void stall(Duration stall, Duration rest) {
        try {
            while (!over) {
                server.process().pause();
                try {
                    Thread.sleep(stall);
                } finally {
                    server.process().resume();
                }
                Thread.sleep(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on. */
    void stall() {
        stalls.start();
    }

    int port() {
        return server.process().port();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        over = true;
        stalls.join();
        server.close();
    }
}
