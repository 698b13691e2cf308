package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.problem.BodyTooLargeException;
import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
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

    private final BalancedCall balanced;

    BalancedExchange(BalancedCall balanced) {
        this.balanced = balanced;
    }

    @Override
    public ServerResponse exchange(Request request) {
        var service = Objects.requireNonNull(request.getUri()).getHost();
        var received = request.getServerRequest().servletRequest();
        var body = body(received);
        var isRead = READS.contains(request.getMethod());
        return answer(
                request,
                balanced.send(
                        service,
                        isRead,
                        instance -> onward(request.getMethod(), instance, received, body, isRead),
                        Deadline.of(received)));
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

    private static byte[] body(HttpServletRequest received) {
        try {
            return received.getInputStream().readAllBytes();
        } catch (BodyTooLargeException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw Problems.ofStatus(408);
            }
            throw ProblemException.badRequest("malformed_request", "The body of the request did not arrive.");
        }
    }

    private static ServerResponse answer(Request request, HttpResponse<byte[]> answered) {
        var status = HttpStatusCode.valueOf(answered.statusCode());
        var response = GatewayServerResponse.status(status).build((received, answer) -> {
            answer.getOutputStream().write(answered.body());
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
