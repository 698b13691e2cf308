package dev.breakwater.inventory.products;

import dev.breakwater.platform.caching.KnownKeys;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Builds the filter of known SKUs at the start and every few hours, on a thread of its own beside the carriers. */
@Component
class KnownSkusBuilding implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KnownSkusBuilding.class);
    private static final long TRY_AGAIN_SECONDS = 5;

    private final KnownKeys known;
    private final KnownSkusProperties properties;
    private volatile @Nullable ScheduledExecutorService running;

    KnownSkusBuilding(KnownKeys known, KnownSkusProperties properties) {
        this.known = known;
        this.properties = properties;
    }

    @Override
    public void start() {
        // A new one each time: what was stopped can be started again.
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("known-skus").daemon().factory());
        running = thread;
        thread.execute(() -> build(thread));
    }

    private void build(ScheduledExecutorService thread) {
        var next = properties.rebuildEvery().toSeconds();
        try {
            known.rebuild();
        } catch (RuntimeException e) {
            // Until there is one every SKU may exist; an older one goes on.
            log.warn("filter of known SKUs not built cause={}", e.toString());
            next = TRY_AGAIN_SECONDS;
        }
        if (running == thread) {
            thread.schedule(() -> build(thread), next, TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() {
        var thread = running;
        running = null;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
