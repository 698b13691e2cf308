package dev.breakwater.platform.caching;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the shared level one change after another, of a key that changed often the last; whoever adds one goes on. */
final class Invalidations {

    private final SharedCache shared;
    private final Executor background;
    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();

    Invalidations(SharedCache shared, Executor background) {
        this.shared = shared;
        this.background = background;
    }

    void add(String key, long version) {
        waiting.merge(key, version, Math::max);
        if (telling.compareAndSet(false, true)) {
            background.execute(this::tell);
        }
    }

    private void tell() {
        do {
            try {
                waiting.keySet().forEach(this::tell);
            } finally {
                telling.set(false);
            }
            // What was added after the last look and before the line above.
        } while (!waiting.isEmpty() && telling.compareAndSet(false, true));
    }

    private void tell(String key) {
        var version = waiting.remove(key);
        if (version != null) {
            shared.invalidate(key, version);
        }
    }
}
