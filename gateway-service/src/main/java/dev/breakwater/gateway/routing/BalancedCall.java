package dev.breakwater.gateway.routing;

import dev.breakwater.platform.loadbalancing.Nodes;
import dev.breakwater.platform.web.problem.ProblemException;
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

    private static final int FAULTY = 500;
    /**
     * Says neither good nor bad of an instance: it has too much to do, or lacks what all of them share. Were it left
     * out for that, the others would have its share as well.
     */
    private static final int UNAVAILABLE = 503;

    private final Instances instances;
    private final OnwardCall onward;
    private final SilentInstances silent;
    private final Restraint restraint;
    private final Nodes nodes;

    BalancedCall(Instances instances, OnwardCall onward, SilentInstances silent, Restraint restraint, Nodes nodes) {
        this.instances = instances;
        this.onward = onward;
        this.silent = silent;
        this.restraint = restraint;
        this.nodes = nodes;
    }

    /**
     * @throws dev.breakwater.platform.web.problem.ProblemException 503 {@code service_unavailable} if no instance
     *     answers, 503 {@code overloaded} if the service has too much to do to be asked, 504 {@code deadline_exceeded}
     */
    public <T> HttpResponse<T> send(ServiceCall<T> call) {
        var instance = instances.next(call.service(), call.affinity());
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
                    .nextAfter(instance, call.service(), call.affinity())
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

    /**
     * What becomes of it is told to the load balancer, and says nothing of the instance where its client cut it short.
     */
    private <T> HttpResponse<T> ask(ServiceCall<T> call, ServiceInstance instance) throws IOException {
        try (var underWay = nodes.begin(call.service(), instance)) {
            try {
                var answer = onward.send(call.request().apply(instance), call.body(), call.deadline());
                silent.answered(call.service(), instance);
                if (answer.statusCode() < FAULTY) {
                    underWay.succeeded();
                } else if (answer.statusCode() != UNAVAILABLE) {
                    underWay.failed();
                }
                return answer;
            } catch (IOException e) {
                underWay.failed();
                silent.unanswered(call.service(), instance, String.valueOf(e.getMessage()));
                throw e;
            } catch (ProblemException e) {
                if (!call.deadline().isShortened()) {
                    underWay.failed();
                }
                throw e;
            }
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
