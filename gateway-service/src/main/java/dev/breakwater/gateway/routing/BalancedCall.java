package dev.breakwater.gateway.routing;

import dev.breakwater.platform.loadbalancing.Nodes;
import dev.breakwater.platform.web.problem.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;

/**
 * Takes a call to an instance of its service. A call that an instance did not take, and one that it did not answer and
 * that can be repeated without a second effect, is tried once on another, while there is a budget for it; anything else
 * is not, for it may have had its effect.
 */
@Component
public class BalancedCall {

    private static final Duration NO_LIMIT = Duration.ofDays(1);

    private static final int FAULTY = 500;
    /**
     * Says neither good nor bad of an instance: it has too much to do, or lacks what all of them share. Were it left
     * out for that, the others would have its share as well.
     */
    private static final int UNAVAILABLE = 503;

    private static final int TIMED_OUT = 504;

    private final Instances instances;
    private final OnwardCall onward;
    private final SilentInstances silent;
    private final Restraint restraint;
    private final Nodes nodes;
    private final Duration longestRead;

    BalancedCall(
            Instances instances,
            OnwardCall onward,
            SilentInstances silent,
            Restraint restraint,
            Nodes nodes,
            RoutingProperties properties) {
        this.instances = instances;
        this.onward = onward;
        this.silent = silent;
        this.restraint = restraint;
        this.nodes = nodes;
        this.longestRead = properties.longestRead();
    }

    /**
     * @throws ProblemException 503 {@code service_unavailable} if no instance answers, 503 {@code overloaded} if the
     *     service has too much to do to be asked, 504 {@code deadline_exceeded}
     */
    public OnwardAnswer send(ServiceCall call) {
        var instance = instances.next(call.service(), call.affinity());
        return restraint.hold(call, () -> send(call, instance));
    }

    private OnwardAnswer send(ServiceCall call, ServiceInstance instance) {
        try {
            // What has time for another instance does not give all of it to one that says nothing.
            var answer = ask(call, instance, call.isRead() ? longestRead : NO_LIMIT, !call.isRepeatable());
            return answer.isRefusal() ? elsewhere(call, instance, answer) : answer;
        } catch (IOException e) {
            if (!mayRepeat(call, e)) {
                throw Instances.unavailable(call.service());
            }
            return askAnother(call, another(call, instance, e));
        }
    }

    /** An instance that did nothing about the call for want of room may have neighbours that have some. */
    private OnwardAnswer elsewhere(ServiceCall call, ServiceInstance instance, OnwardAnswer refusal) {
        var other = instances.nextAfter(instance, call.service(), call.affinity());
        return other.isPresent() && restraint.mayRetry(call.service()) ? askAnother(call, other.get()) : refusal;
    }

    /** The same one where there is no other: it may have closed the connection, and not be gone. */
    private ServiceInstance another(ServiceCall call, ServiceInstance instance, IOException e) {
        return instances
                .nextAfter(instance, call.service(), call.affinity())
                .or(() -> wasNotReached(e) ? Optional.empty() : Optional.of(instance))
                .orElseThrow(() -> Instances.unavailable(call.service()));
    }

    private OnwardAnswer askAnother(ServiceCall call, ServiceInstance instance) {
        try {
            return ask(call, instance, NO_LIMIT, true);
        } catch (IOException e) {
            throw Instances.unavailable(call.service());
        }
    }

    /**
     * What becomes of it is told to the load balancer, and says nothing of the instance where its client cut it short.
     */
    private OnwardAnswer ask(ServiceCall call, ServiceInstance instance, Duration longest, boolean once)
            throws IOException {
        try (var underWay = nodes.begin(call.service(), instance)) {
            try {
                var answer = onward.send(instance, call.request(), call.deadline(), longest, once);
                silent.answered(call.service(), instance);
                if (answer.status() < FAULTY) {
                    underWay.succeeded();
                } else if (saysSomething(answer, call.deadline())) {
                    underWay.failed();
                }
                return answer;
            } catch (ConnectionRequestTimeoutException e) {
                // All of this gateway's connections to it are in use, which says nothing of the instance.
                throw e;
            } catch (IOException e) {
                underWay.failed();
                silent.unanswered(call.service(), instance, String.valueOf(e.getMessage()));
                throw e;
            } catch (ProblemException e) {
                if (!call.deadline().isHurried()) {
                    underWay.failed();
                }
                throw e;
            }
        }
    }

    private static boolean saysSomething(OnwardAnswer answer, Deadline deadline) {
        return switch (answer.status()) {
            case UNAVAILABLE -> false;
            case TIMED_OUT -> !deadline.isHurried();
            default -> true;
        };
    }

    private boolean mayRepeat(ServiceCall call, IOException e) {
        if (e instanceof ConnectException) {
            // A connection that was refused cost the service nothing, so another one adds nothing.
            return true;
        }
        return (call.isRepeatable() || wasNotReached(e)) && restraint.mayRetry(call.service());
    }

    /** Whether nothing was sent: no connection was to be had, or none in time. */
    private static boolean wasNotReached(IOException e) {
        return e instanceof ConnectException
                || e instanceof ConnectTimeoutException
                || e instanceof ConnectionRequestTimeoutException;
    }
}
