package dev.breakwater.gateway.routing;

import dev.breakwater.gateway.routing.OnwardAnswer.Body;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import jakarta.annotation.PreDestroy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;

/** One HTTP exchange with an instance, inside the trace and the deadline of the call it serves. */
@Component
public class OnwardCall {

    private static final byte[] NOTHING = {};
    private static final String EVENTS = "text/event-stream";

    private final OnwardConnections connections;
    private final RoutingProperties.Connections properties;
    private final EventStreams streams;
    private final Tracer tracer;
    private final Propagator propagator;
    /** A time-out of a socket begins anew with each byte, so what is late is cut off from here. */
    private final ScheduledThreadPoolExecutor ends;

    OnwardCall(
            OnwardConnections connections,
            RoutingProperties properties,
            EventStreams streams,
            Tracer tracer,
            Propagator propagator) {
        this.connections = connections;
        this.properties = properties.connections();
        this.streams = streams;
        this.tracer = tracer;
        this.propagator = propagator;
        ends = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("onward-ends").daemon().factory());
        ends.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a request to the one instance that can answer it, and reads the whole answer.
     *
     * @throws IOException if the instance cannot be reached or broke off
     * @throws dev.breakwater.platform.web.problem.ProblemException 504 {@code deadline_exceeded}
     */
    public OnwardAnswer send(ServiceInstance instance, OnwardRequest request, Deadline deadline) throws IOException {
        return send(instance, request, deadline, deadline.left(), true);
    }

    /**
     * Sends a request, and reads the whole answer, which the contract keeps small: so the deadline holds for the last
     * byte too, and an answer that breaks off is an error and not half an answer. Of a stream of events only the head
     * has a deadline.
     *
     * @param longest how long this try may last
     * @param once whether there is no second try
     * @throws IOException if the instance cannot be reached, broke off, or took longer than this try may
     * @throws dev.breakwater.platform.web.problem.ProblemException 504 {@code deadline_exceeded}
     */
    OnwardAnswer send(
            ServiceInstance instance, OnwardRequest request, Deadline deadline, Duration longest, boolean once)
            throws IOException {
        var left = deadline.left();
        var limit = longest.compareTo(left) < 0 ? longest : left;
        var isForEvents = request.isForEvents();
        var uri = instance.getUri();
        var sent = request.at(uri);
        sent.setHeader(RequestDeadline.HEADER, left.toMillis());
        sent.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(properties.longestWait()))
                .setResponseTimeout(Timeout.of(isForEvents ? properties.longestSilence() : limit))
                .build());
        var span = tracer.currentSpan();
        if (span != null) {
            propagator.inject(span.context(), sent, (ignored, name, value) -> sent.setHeader(name, value));
        }
        var end = ends.schedule(sent::cancel, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return answer(connections.send(HttpHost.create(uri), sent, kind(isForEvents, once)), sent);
        } catch (IOException e) {
            // A socket keeps its own time as well, by which it may be a moment early.
            if (sent.isCancelled() || e instanceof SocketTimeoutException && deadline.isOver()) {
                throw late(instance, deadline, limit);
            }
            throw e;
        } catch (RuntimeException e) {
            // The client does not expect that its connection is taken from it between two steps.
            if (sent.isCancelled()) {
                throw late(instance, deadline, limit);
            }
            throw e;
        } finally {
            end.cancel(false);
        }
    }

    private static IOException late(ServiceInstance instance, Deadline deadline, Duration limit) {
        if (deadline.isOver()) {
            throw Deadline.exceeded(instance.getServiceId());
        }
        return new SocketTimeoutException("no answer within " + limit);
    }

    private OnwardAnswer answer(ClassicHttpResponse response, HttpUriRequestBase sent) throws IOException {
        var entity = response.getEntity();
        var headers = response.getHeaders();
        if (entity == null) {
            response.close();
            return new OnwardAnswer(response.getCode(), headers, new Body.Whole(NOTHING));
        }
        var type = entity.getContentType();
        if (type != null && type.startsWith(EVENTS)) {
            var events = new Cancelling(entity.getContent(), sent);
            return new OnwardAnswer(
                    response.getCode(), headers, new Body.Events(client -> streams.pass(events, client)));
        }
        try (response;
                var body = entity.getContent()) {
            return new OnwardAnswer(response.getCode(), headers, new Body.Whole(body.readAllBytes()));
        }
    }

    /** Who accepts anything, as curl does, is told by the address. */
    private static OnwardConnections.Kind kind(boolean isForEvents, boolean once) {
        if (isForEvents) {
            return OnwardConnections.Kind.STREAMS;
        }
        return once ? OnwardConnections.Kind.LOOKED_AT : OnwardConnections.Kind.KEPT;
    }

    /** To close it ends the exchange; the client's own way is to read to the end first, and there is none. */
    private static final class Cancelling extends FilterInputStream {

        private final HttpUriRequestBase sent;

        Cancelling(InputStream events, HttpUriRequestBase sent) {
            super(events);
            this.sent = sent;
        }

        @Override
        public void close() {
            sent.cancel();
        }
    }

    @PreDestroy
    void close() {
        ends.shutdownNow();
    }
}
