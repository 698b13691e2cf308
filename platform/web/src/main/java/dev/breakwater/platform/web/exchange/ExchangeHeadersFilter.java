package dev.breakwater.platform.web.exchange;

import dev.breakwater.platform.web.problem.SecurityHeaders;
import dev.breakwater.platform.web.problem.TraceIds;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts {@code X-Trace-Id}, {@code X-Response-Time} (whole milliseconds until the answer began) and the security headers
 * on every answer, whoever gives it, and notes when the request came. What does not say how long it may be kept is not
 * to be kept.
 */
public final class ExchangeHeadersFilter extends OncePerRequestFilter {

    private final Tracer tracer;

    public ExchangeHeadersFilter(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var started = System.nanoTime();
        var span = tracer.currentSpan();
        if (span != null) {
            TraceIds.set(request, span.context().traceId());
        }
        RequestDeadline.arrived(request, started);
        response.setHeader(TraceIds.HEADER, TraceIds.of(request));
        SecurityHeaders.set(request, response);
        var timed = new OnCommittedResponseWrapper(response) {
            @Override
            protected void onResponseCommitted() {
                var elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
                response.setHeader("X-Response-Time", Long.toString(elapsed));
                // Once more: an answer that is passed on brings its own along.
                SecurityHeaders.set(request, response);
                if (response.getHeader(HttpHeaders.CACHE_CONTROL) == null) {
                    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                }
                disableOnResponseCommitted();
            }

            void beforeEnd() {
                if (!isCommitted()) {
                    onResponseCommitted();
                }
            }
        };
        chain.doFilter(request, timed);
        if (!request.isAsyncStarted()) {
            timed.beforeEnd();
        }
    }
}
