package dev.breakwater.gateway.edge;

import dev.breakwater.gateway.limits.Admission;
import dev.breakwater.gateway.routing.Deadline;
import dev.breakwater.platform.caching.Lookup;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Product pages in the time that there is for them. Others may wait for the same page, so the end of that time ends the
 * client's waiting, and not the call.
 */
@Component
class TimedReads {

    private final ProductPages pages;
    private final ExecutorService threads;
    private final Tracer tracer;
    private final Duration longest;

    TimedReads(
            ProductPages pages,
            @Qualifier("onwardThreads") ExecutorService threads,
            Tracer tracer,
            EdgeProperties properties) {
        this.pages = pages;
        this.threads = threads;
        this.tracer = tracer;
        this.longest = properties.timeLimit();
    }

    /**
     * What memory knows, or what comes in the time that the client and the route leave.
     *
     * @throws dev.breakwater.platform.web.problem.ProblemException 504 {@code deadline_exceeded}, 400
     *     {@code invalid_deadline}
     * @throws PassedOnException with what the service answered instead of a page
     */
    Lookup find(String sku, HttpServletRequest request) throws InterruptedException {
        var left = RequestDeadline.left(request, longest);
        var remembered = pages.inMemory(sku);
        if (remembered != null) {
            Admission.answeredFromMemory(request);
            return new Lookup(remembered, false);
        }
        var span = tracer.currentSpan();
        var finding = threads.submit(() -> {
            try (var _ = tracer.withSpan(span)) {
                return pages.find(sku);
            }
        });
        try {
            return finding.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw Deadline.exceeded(ProductPages.SERVICE);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        }
    }
}
