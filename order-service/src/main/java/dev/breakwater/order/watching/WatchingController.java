package dev.breakwater.order.watching;

import dev.breakwater.order.tracking.OwnOrder;
import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Holds no thread while nothing happens: an idle stream is a connection and a few small objects. */
@RestController
class WatchingController {

    private static final Pattern STEP = Pattern.compile("[0-9]{1,4}");
    private static final long WITHOUT_END = 0;

    private final OwnOrder ownOrder;
    private final Watchers watchers;
    private final Executor writers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("watcher-", 0).factory());

    WatchingController(OwnOrder ownOrder, Watchers watchers) {
        this.ownOrder = ownOrder;
        this.watchers = watchers;
    }

    /** An event {@code status} a step, from the first one or the one after {@code Last-Event-ID} to a final one. */
    @GetMapping(path = "/api/v1/orders/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> watch(
            Principal caller,
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent) {
        var stream = new SseEmitter(WITHOUT_END);
        var watcher = new Watcher(id, step(lastEvent), stream, writers, watchers::remove);
        // Before the past is read: what happens meanwhile is heard, and what is heard twice is told once.
        watchers.add(watcher);
        try {
            watcher.offer(ownOrder.history(caller.getName(), id));
        } catch (RuntimeException e) {
            watchers.remove(watcher);
            throw e;
        }
        stream.onCompletion(() -> watchers.remove(watcher));
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .body(stream);
    }

    private static int step(@Nullable String lastEvent) {
        if (lastEvent == null || lastEvent.isEmpty()) {
            return 0;
        }
        if (!STEP.matcher(lastEvent).matches()) {
            throw ProblemException.badRequest("invalid_request", "The request is not valid.")
                    .withErrors(List.of(new FieldProblem("Last-Event-ID", "must be the id of an event")));
        }
        return Integer.parseInt(lastEvent);
    }
}
