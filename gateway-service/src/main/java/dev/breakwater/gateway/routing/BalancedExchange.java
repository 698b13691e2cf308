package dev.breakwater.gateway.routing;

import dev.breakwater.gateway.routing.ServiceCall.Affinity;
import dev.breakwater.platform.web.problem.BodyTooLargeException;
import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Set;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/** Takes a routed call to its service, and the answer back. */
@Component
class BalancedExchange implements ProxyExchange {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** Once or twice makes no difference (RFC 9110, 9.2.2). */
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE);

    private static final String PRODUCTS = "/api/v1/products/";

    private static final int PIECE = 8_192;

    private final BalancedCall balanced;
    private final EventStreams streams;

    BalancedExchange(BalancedCall balanced, EventStreams streams) {
        this.balanced = balanced;
        this.streams = streams;
    }

    @Override
    public ServerResponse exchange(Request request) {
        var service = Objects.requireNonNull(request.getUri()).getHost();
        var received = request.getServerRequest().servletRequest();
        var body = body(received, Deadline.of(received));
        var isRead = READS.contains(request.getMethod());
        var call = new ServiceCall<>(
                service,
                affinity(received),
                isRead,
                isRepeatable(request.getMethod(), received),
                instance -> onward(request.getMethod(), instance, received, body, isRead),
                PassedBody.handler(),
                Deadline.of(received));
        return answer(request, balanced.send(call));
    }

    /** A product is asked for at one place, where it is in memory; everything else follows the customer. */
    private static Affinity affinity(HttpServletRequest received) {
        var caller = received.getUserPrincipal();
        var customer = caller == null ? null : caller.getName();
        var path = received.getRequestURI();
        return new Affinity(path.startsWith(PRODUCTS) ? path.substring(PRODUCTS.length()) : customer, customer);
    }

    /** Its key makes a call that was repeated the same call. */
    private static boolean isRepeatable(HttpMethod method, HttpServletRequest received) {
        return IDEMPOTENT.contains(method) || received.getHeader("Idempotency-Key") != null;
    }

    private static HttpRequest.Builder onward(
            HttpMethod method, ServiceInstance instance, HttpServletRequest received, byte[] body, boolean isRead) {
        var call = HttpRequest.newBuilder(at(instance, received))
                .method(
                        method.name(),
                        body.length == 0 && isRead ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        PassedOn.inwards(received).forEach((name, values) -> values.forEach(value -> call.header(name, value)));
        return call;
    }

    /** The path and the query as they came, not as they were understood here. */
    private static URI at(ServiceInstance instance, HttpServletRequest received) {
        var query = received.getQueryString();
        try {
            return new URI(instance.getUri() + received.getRequestURI() + (query == null ? "" : "?" + query));
        } catch (URISyntaxException e) {
            throw Problems.ofStatus(400);
        }
    }

    /** The server limits the time for each piece of it; who sends a byte a second has no longer than the call. */
    private static byte[] body(HttpServletRequest received, Deadline deadline) {
        try {
            var in = received.getInputStream();
            var body = new ByteArrayOutputStream(Math.max(0, received.getContentLength()));
            var piece = new byte[PIECE];
            for (int length; (length = in.read(piece)) >= 0; ) {
                body.write(piece, 0, length);
                if (deadline.isOver()) {
                    throw Problems.ofStatus(408);
                }
            }
            return body.toByteArray();
        } catch (BodyTooLargeException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw Problems.ofStatus(408);
            }
            throw ProblemException.badRequest("malformed_request", "The body of the request did not arrive.");
        }
    }

    private ServerResponse answer(Request request, HttpResponse<PassedBody> answered) {
        var status = HttpStatusCode.valueOf(answered.statusCode());
        var response = GatewayServerResponse.status(status).build((received, answer) -> {
            switch (answered.body()) {
                case PassedBody.Whole(var bytes) -> answer.getOutputStream().write(bytes);
                case PassedBody.Events(var events) -> streams.pass(events, answer.getOutputStream());
            }
            return null;
        });
        var headers = PassedOn.outwards(answered.headers().map());
        var view = new Answer(status, headers);
        request.getResponseConsumers().forEach(consumer -> consumer.accept(view, response));
        return response;
    }

    private record Answer(HttpStatusCode statusCode, HttpHeaders headers) implements Response {

        @Override
        public HttpStatusCode getStatusCode() {
            return statusCode;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
