package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.problem.BodyTooLargeException;
import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpConnectTimeoutException;
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

/**
 * Takes a routed call to an instance of its service. A call that an instance did not take, and a read that it did not
 * answer, is tried once on another; anything else is not, for it may have had its effect.
 */
@Component
class BalancedExchange implements ProxyExchange {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Instances instances;
    private final OnwardCall onward;
    private final SilentInstances silent;

    BalancedExchange(Instances instances, OnwardCall onward, SilentInstances silent) {
        this.instances = instances;
        this.onward = onward;
        this.silent = silent;
    }

    @Override
    public ServerResponse exchange(Request request) {
        var service = Objects.requireNonNull(request.getUri()).getHost();
        var body = body(request.getServerRequest().servletRequest());
        var instance = instances.next(service);
        try {
            return answer(request, ask(request, service, instance, body));
        } catch (IOException e) {
            silent.unanswered(service, instance, String.valueOf(e.getMessage()));
            if (!READS.contains(request.getMethod()) && !nothingWasSent(e)) {
                throw Instances.unavailable(service);
            }
            var another = instances.nextAfter(service, instance).orElseThrow(() -> Instances.unavailable(service));
            return secondAnswer(request, service, another, body);
        }
    }

    private ServerResponse secondAnswer(Request request, String service, ServiceInstance instance, byte[] body) {
        try {
            return answer(request, ask(request, service, instance, body));
        } catch (IOException e) {
            silent.unanswered(service, instance, String.valueOf(e.getMessage()));
            throw Instances.unavailable(service);
        }
    }

    /** There was not even a connection. */
    private static boolean nothingWasSent(IOException e) {
        return e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException;
    }

    private HttpResponse<byte[]> ask(Request request, String service, ServiceInstance instance, byte[] body)
            throws IOException {
        var answer = send(request, instance, body);
        silent.answered(service, instance);
        return answer;
    }

    private HttpResponse<byte[]> send(Request request, ServiceInstance instance, byte[] body) throws IOException {
        var received = request.getServerRequest().servletRequest();
        var call = HttpRequest.newBuilder(at(instance, received))
                .method(
                        request.getMethod().name(),
                        body.length == 0 && READS.contains(request.getMethod())
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body));
        PassedOn.inwards(received).forEach((name, values) -> values.forEach(value -> call.header(name, value)));
        return onward.send(call, Deadline.of(received));
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
