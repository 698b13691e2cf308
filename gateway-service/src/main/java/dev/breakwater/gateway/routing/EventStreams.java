package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.exchange.HeapRoom;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The event streams that pass through here now. When the gateway stops they end first, or it would wait for them: their
 * clients go on elsewhere from the last event they saw.
 */
@Component
class EventStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final int PIECE = 4_096;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();
    private final int most;
    private volatile boolean running;

    /** @param most that pass through at a time; 0 for as many as the heap has room for */
    EventStreams(@Value("${breakwater.gateway.streams-at-a-time:0}") int most, MeterRegistry meters) {
        var room = HeapRoom.ofThisProcess().requests();
        this.most = most > 0 ? Math.min(most, room) : room;
        Gauge.builder("gateway.event.streams", open, Set::size)
                .description("Event streams that pass through now.")
                .register(meters);
    }

    /**
     * Give or take those that are just beginning.
     *
     * @throws ProblemException 503 {@code too_many_streams} when as many pass through as may
     */
    void requireRoom() {
        if (open.size() >= most) {
            throw ProblemException.unavailable(
                    "too_many_streams", "As many streams pass through here as may.", RETRY_AFTER);
        }
    }

    /** Passes on each piece as it comes; returns when either side has ended. */
    void pass(InputStream events, OutputStream client) {
        open.add(events);
        try (events) {
            var piece = new byte[PIECE];
            // Looked at after it was added, so that one that is just beginning is not forgotten by a stop.
            for (int length; running && (length = events.read(piece)) >= 0; ) {
                client.write(piece, 0, length);
                client.flush();
            }
        } catch (IOException e) {
            // One of both is gone. The answer began long ago, so there is nobody to tell.
            log.debug("event stream broke off cause={}", e.toString());
        } finally {
            open.remove(events);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        for (var events : open) {
            try {
                events.close();
            } catch (IOException e) {
                log.debug("event stream not closed cause={}", e.toString());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop, before the web server waits for the calls under way. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
