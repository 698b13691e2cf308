package dev.breakwater.gateway.routing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;

/**
 * Takes a call to an instance of its service. A call that an instance did not take, and one that it did not answer and
 * that can be repeated without a second effect, is tried once on another, while there is a budget for it; anything else
 * is not, for it may have had its effect.
 */
@Component
public class BalancedCall {

    private final Instances instances;
    private final OnwardCall onward;
    private final SilentInstances silent;
    private final Restraint restraint;

    BalancedCall(Instances instances, OnwardCall onward, SilentInstances silent, Restraint restraint) {
        this.instances = instances;
        this.onward = onward;
        this.silent = silent;
        this.restraint = restraint;
    }

    /**
     * @throws dev.breakwater.platform.web.problem.ProblemException 503 {@code service_unavailable} if no instance
     *     answers, 503 {@code overloaded} if the service has too much to do to be asked, 504 {@code deadline_exceeded}
     */
    public <T> HttpResponse<T> send(ServiceCall<T> call) {
        var instance = instances.next(call.service());
        return restraint.hold(call, () -> send(call, instance));
    }

    private <T> HttpResponse<T> send(ServiceCall<T> call, ServiceInstance instance) {
        try {
            return ask(call, instance);
        } catch (IOException e) {
            if (!mayRepeat(call, e)) {
                throw Instances.unavailable(call.service());
            }
            var another = instances
                    .nextAfter(call.service(), instance)
                    .orElseThrow(() -> Instances.unavailable(call.service()));
            return askAnother(call, another);
        }
    }

    private <T> HttpResponse<T> askAnother(ServiceCall<T> call, ServiceInstance instance) {
        try {
            return ask(call, instance);
        } catch (IOException e) {
            throw Instances.unavailable(call.service());
        }
    }

    private <T> HttpResponse<T> ask(ServiceCall<T> call, ServiceInstance instance) throws IOException {
        try {
            var answer = onward.send(call.request().apply(instance), call.body(), call.deadline());
            silent.answered(call.service(), instance);
            return answer;
        } catch (IOException e) {
            silent.unanswered(call.service(), instance, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private boolean mayRepeat(ServiceCall<?> call, IOException e) {
        if (e.getCause() instanceof ConnectException) {
            // A connection that was refused cost the service nothing, so another one adds nothing.
            return true;
        }
        var nothingWasSent = e.getCause() instanceof HttpConnectTimeoutException;
        return (call.isRepeatable() || nothingWasSent) && restraint.mayRetry(call.service());
    }
}
