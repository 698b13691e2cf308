package dev.breakwater.platform.settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
 * Looks every few seconds whether the Config server has something new for this service, and has the environment read
 * anew if so: looking costs one small call, reading anew a good deal more. What it says first is read anew as well: it
 * may have changed while this service started, or the server may have come after it. While it cannot be asked,
 * everything stays as it is.
 */
final class ConfigurationWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final URI served;
    private final Duration every;
    private final ContextRefresher refresher;
    private final HttpClient http;
    private volatile @Nullable ScheduledExecutorService looking;
    private @Nullable String known;

    /** @param served where the server has the configuration of this service, with its profiles */
    ConfigurationWatch(URI served, Duration every, ContextRefresher refresher, HttpClient http) {
        this.served = served;
        this.every = every;
        this.refresher = refresher;
        this.http = http;
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
            var now = read();
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

    private @Nullable String read() throws InterruptedException {
        try {
            var answer =
                    http.send(HttpRequest.newBuilder(served).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException e) {
            log.debug("configuration not read cause={}", e.toString());
            return null;
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
