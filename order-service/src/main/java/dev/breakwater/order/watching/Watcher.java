package dev.breakwater.order.watching;

import dev.breakwater.order.saga.History;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream. Nothing queues up behind a slow client: what waits to be told is the latest history, from which the
 * steps are told that were not yet; and nobody waits for him but the one thread that writes to him.
 */
final class Watcher {

    private static final Logger log = LoggerFactory.getLogger(Watcher.class);

    private final UUID orderId;
    private final SseEmitter stream;
    private final Executor writers;
    private final Consumer<Watcher> gone;
    private @Nullable History untold;
    private int told;
    private boolean beat;
    private boolean writing;
    private volatile long lookedAt;
    private volatile long wroteAt;

    /**
     * @param told the last step that the client knows of
     * @param gone told when nothing more is told him, perhaps more than once: of a stream that ends before it has begun
     *     the framework tells nobody
     */
    Watcher(UUID orderId, int told, SseEmitter stream, Executor writers, Consumer<Watcher> gone) {
        this.orderId = orderId;
        this.told = told;
        this.stream = stream;
        this.writers = writers;
        this.gone = gone;
        lookedAt = System.nanoTime();
        wroteAt = lookedAt;
    }

    UUID orderId() {
        return orderId;
    }

    long lookedAt() {
        return lookedAt;
    }

    long wroteAt() {
        return wroteAt;
    }

    /** The ledger was looked at, and this is what it says. */
    void offer(History history) {
        lookedAt = System.nanoTime();
        write(history, false);
    }

    /** Shows the client and whoever stands between that the stream is alive, and finds out whether they are. */
    void beat() {
        write(null, true);
    }

    /** He goes on elsewhere from the last step he saw. */
    void end() {
        gone.accept(this);
        stream.complete();
    }

    private synchronized void write(@Nullable History history, boolean withBeat) {
        untold = history == null ? untold : history;
        beat |= withBeat;
        if (!writing) {
            writing = true;
            writers.execute(this::writeAll);
        }
    }

    private void writeAll() {
        try {
            for (var next = next(); next != null; next = next()) {
                next.run();
            }
        } catch (IOException | IllegalStateException e) {
            // The container ends the stream.
            log.debug("watcher lost cause={}", e.toString());
            gone.accept(this);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private synchronized @Nullable Write next() {
        var history = untold;
        if (history != null) {
            untold = null;
            return () -> tell(history);
        }
        if (beat) {
            beat = false;
            return () -> send(SseEmitter.event().comment(""));
        }
        writing = false;
        return null;
    }

    private void tell(History history) throws IOException {
        for (var event : StatusEvent.after(told, orderId, history)) {
            send(event.toSend());
            told = event.step();
        }
        if (history.hasEnded()) {
            end();
        }
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        stream.send(event);
        wroteAt = System.nanoTime();
    }
}
