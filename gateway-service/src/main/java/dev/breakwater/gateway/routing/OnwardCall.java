package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** One HTTP exchange with an instance, inside the trace and the deadline of the call it serves. */
@Component
public class OnwardCall {

    private final HttpClient http;
    private final ExecutorService threads;
    private final Tracer tracer;
    private final Propagator propagator;

    OnwardCall(
            HttpClient http,
            @Qualifier("onwardThreads") ExecutorService threads,
            Tracer tracer,
            Propagator propagator) {
        this.http = http;
        this.threads = threads;
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * Sends the request and reads the whole answer, which the contract keeps small: so the deadline holds for the last
     * byte too, and an answer that breaks off is an error and not half an answer.
     */
    public HttpResponse<byte[]> send(HttpRequest.Builder request, Deadline deadline) throws IOException {
        return send(request, BodyHandlers.ofByteArray(), deadline);
    }

    /**
     * Sends the request; the deadline holds until the body is there, as far as its handler waits for it.
     *
     * @throws IOException if the instance cannot be reached or broke off
     * @throws dev.breakwater.platform.web.problem.ProblemException 504 {@code deadline_exceeded}
     */
    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body, Deadline deadline) throws IOException {
        var left = deadline.left();
        request.setHeader(RequestDeadline.HEADER, Long.toString(left.toMillis()));
        var span = tracer.currentSpan();
        if (span != null) {
            propagator.inject(span.context(), request, (ignored, name, value) -> request.setHeader(name, value));
        }
        // Not sendAsync: that completes in the common pool, which has one thread on two cores and is anybody's to
        // block.
        var call = request.build();
        var answer = threads.submit(() -> http.send(call, body));
        try {
            return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw Deadline.exceeded();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        }
    }
}
