package dev.breakwater.platform.servers;

import java.time.Duration;

/** A server on this machine, which can be stopped, killed, frozen and started again with the data it had. */
public interface Server {

    String name();

    int port();

    /** {@code localhost:port}, the same after each start. */
    default String address() {
        return "localhost:" + port();
    }

    boolean isRunning();

    boolean isReady();

    /** Starts it and returns at once. */
    Server start();

    /** Returns when it serves; throws {@link CannotStartException} when it ends first or needs longer. */
    Server awaitReady(Duration atMost) throws InterruptedException;

    /** Asks it to stop and waits. */
    void stop();

    /** Ends it at once, as a crash would. */
    void kill();

    /** Freezes it: its connections stay open and nothing answers. */
    void pause();

    /** Undoes a {@link #pause}; does nothing where there was none. */
    void resume();
}
