package dev.breakwater.platform.web.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Answers from memory before the framework begins: no observation, no security filter, no dispatch. So it takes only
 * calls to which none of that would make a difference, and gives each the headers and the figures that every other
 * answer has.
 */
public final class ReadyAnswerFilter extends HttpFilter {

    private final String path;
    private final ReadyAnswers answers;
    private final Timers get;
    private final Timers head;

    /**
     * @param path of all that is answered, but for the last part
     * @param variable what the metrics call the last part, in braces
     */
    public ReadyAnswerFilter(String path, String variable, ReadyAnswers answers, MeterRegistry meters) {
        this.path = path;
        this.answers = answers;
        get = Timers.of(meters, "GET", path + variable);
        head = Timers.of(meters, "HEAD", path + variable);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var began = System.nanoTime();
        var uri = request.getRequestURI();
        var ready = isLastUnder(path, uri) && isPlainRead(request) ? answers.find(uri.substring(path.length())) : null;
        switch (ready) {
            case null -> chain.doFilter(request, response);
            case ReadyAnswer answer -> write(request, response, answer, began);
            case Ready.Refusal refusal -> refuse(request, response, refusal, began);
        }
    }

    private static boolean isLastUnder(String path, String uri) {
        return uri.startsWith(path) && uri.indexOf('/', path.length()) < 0;
    }

    /** What everybody may read, in the only form there is. */
    private static boolean isPlainRead(HttpServletRequest request) {
        var method = request.getMethod();
        return (method.equals("GET") || method.equals("HEAD"))
                && request.getQueryString() == null
                && request.getContentLengthLong() <= 0
                && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && RequestDeadline.isMetAtOnce(request.getHeader(RequestDeadline.HEADER))
                && acceptsJson(request.getHeader(HttpHeaders.ACCEPT));
    }

    /** Of the many ways to say so, the usual ones. */
    private static boolean acceptsJson(@Nullable String accept) {
        return accept == null || accept.equals("*/*") || accept.equals("application/json");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, ReadyAnswer answer, long began)
            throws IOException {
        var elapsed = UsualHeaders.set(request, response, UsualHeaders.trace(request), began);
        response.setHeader(HttpHeaders.ETAG, answer.etag());
        response.setHeader(HttpHeaders.CACHE_CONTROL, answer.cacheControl());
        if (answer.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            timers(request).notModified.record(elapsed, TimeUnit.NANOSECONDS);
            return;
        }
        response.setContentType(answer.contentType());
        response.setContentLength(answer.body().length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(answer.body());
        }
        timers(request).found.record(elapsed, TimeUnit.NANOSECONDS);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Ready.Refusal refusal, long began)
            throws IOException {
        var trace = UsualHeaders.trace(request);
        var elapsed = UsualHeaders.set(request, response, trace, began);
        refusal.encoded().write(response, request.getRequestURI(), trace);
        timers(request).refused.record(elapsed, TimeUnit.NANOSECONDS);
    }

    private Timers timers(HttpServletRequest request) {
        return request.getMethod().equals("GET") ? get : head;
    }

    /** Of the calls with one method, by how they end. */
    private record Timers(Timer found, Timer notModified, Timer refused) {

        static Timers of(MeterRegistry meters, String method, String uri) {
            return new Timers(
                    timer(meters, method, uri, "200", "SUCCESS"),
                    timer(meters, method, uri, "304", "REDIRECTION"),
                    timer(meters, method, uri, "404", "CLIENT_ERROR"));
        }

        private static Timer timer(MeterRegistry meters, String method, String uri, String status, String outcome) {
            return Timer.builder("http.server.requests")
                    .tags("method", method, "uri", uri, "status", status, "outcome", outcome)
                    .tags("exception", "none", "error", "none")
                    .register(meters);
        }
    }
}
