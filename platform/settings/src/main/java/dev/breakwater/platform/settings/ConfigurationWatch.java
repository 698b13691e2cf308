package dev.breakwater.platform.settings;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.SmartLifecycle;

/**
 * Looks every few seconds whether there is something new for this service, and has the environment read anew if so:
 * looking costs one small call or a few files, reading anew a good deal more. What is found first is read anew as well:
 * it may have changed while this service started, or may have come after it. While nothing can be had, everything stays
 * as it is.
 */
final class ConfigurationWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);

    private final ConfigurationSource source;
    private final Duration every;
    private final ContextRefresher refresher;
    private volatile @Nullable ScheduledExecutorService looking;
    private @Nullable String known;

    ConfigurationWatch(ConfigurationSource source, Duration every, ContextRefresher refresher) {
        this.source = source;
        this.every = every;
        this.refresher = refresher;
    }

    @Override
    public void start() {
        // A new one each time: what was stopped can be started again.
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("configuration-watch").factory());
        thread.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        looking = thread;
    }

    private void look() {
        try {
            var now = source.read();
            if (now != null && !now.equals(known)) {
                // Not the beans of the refresh scope: the registry's client would leave and come again.
                log.info("configuration read anew keys={}", refresher.refreshEnvironment());
            }
            known = now == null ? known : now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // What was read as far as it went; the next look tries again.
            log.error("configuration not taken up cause={}", e.toString());
        }
    }

    @Override
    public void stop() {
        var thread = looking;
        looking = null;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
