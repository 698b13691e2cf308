package dev.breakwater.gateway.routing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.function.Function;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;

/**
 * Takes a call to an instance of its service. A call that an instance did not take, and one that it did not answer and
 * that can be repeated without a second effect, is tried once on another; anything else is not, for it may have had its
 * effect.
 */
@Component
public class BalancedCall {

    private final Instances instances;
    private final OnwardCall onward;
    private final SilentInstances silent;

    BalancedCall(Instances instances, OnwardCall onward, SilentInstances silent) {
        this.instances = instances;
        this.onward = onward;
        this.silent = silent;
    }

    /**
     * @param isRepeatable whether the call can be repeated without a second effect
     * @param body reads the answer
     * @throws dev.breakwater.platform.web.problem.ProblemException 503 {@code service_unavailable} if no instance
     *     answers, 504 {@code deadline_exceeded}
     */
    public <T> HttpResponse<T> send(
            String service,
            boolean isRepeatable,
            Function<ServiceInstance, HttpRequest.Builder> call,
            BodyHandler<T> body,
            Deadline deadline) {
        var instance = instances.next(service);
        try {
            return ask(service, instance, call, body, deadline);
        } catch (IOException e) {
            silent.unanswered(service, instance, String.valueOf(e.getMessage()));
            if (!isRepeatable && !nothingWasSent(e)) {
                throw Instances.unavailable(service);
            }
            var another = instances.nextAfter(service, instance).orElseThrow(() -> Instances.unavailable(service));
            return askAnother(service, another, call, body, deadline);
        }
    }

    private <T> HttpResponse<T> askAnother(
            String service,
            ServiceInstance instance,
            Function<ServiceInstance, HttpRequest.Builder> call,
            BodyHandler<T> body,
            Deadline deadline) {
        try {
            return ask(service, instance, call, body, deadline);
        } catch (IOException e) {
            silent.unanswered(service, instance, String.valueOf(e.getMessage()));
            throw Instances.unavailable(service);
        }
    }

    /** There was not even a connection. */
    private static boolean nothingWasSent(IOException e) {
        return e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException;
    }

    private <T> HttpResponse<T> ask(
            String service,
            ServiceInstance instance,
            Function<ServiceInstance, HttpRequest.Builder> call,
            BodyHandler<T> body,
            Deadline deadline)
            throws IOException {
        var answer = onward.send(call.apply(instance), body, deadline);
        silent.answered(service, instance);
        return answer;
    }
}
