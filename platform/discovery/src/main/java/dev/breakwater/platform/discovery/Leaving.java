package dev.breakwater.platform.discovery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a stop, after the registry was told: serves on until those who call have heard of it, as they read
 * the registry. Only then consumers, the web server and the rest are stopped.
 */
final class Leaving implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Leaving.class);

    private final Duration time;
    private volatile boolean running;

    /** @param time longer than callers take to read the registry anew */
    Leaving(Duration time) {
        this.time = time;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Calls {@code done} after the time, and returns at once. */
    @Override
    public void stop(Runnable done) {
        log.info("leaving, serves on millis={}", time.toMillis());
        running = false;
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(done);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
