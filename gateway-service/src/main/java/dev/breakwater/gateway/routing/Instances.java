package dev.breakwater.gateway.routing;

import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.stereotype.Component;

/** The instances of a service, one at a time, as the load balancer gives them out. */
@Component
public class Instances {

    /** Concurrent callers take turns, so the next instance may be the same again; this often is bad luck enough. */
    private static final int TRIES = 5;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LoadBalancerClient balancer;

    Instances(LoadBalancerClient balancer) {
        this.balancer = balancer;
    }

    /** 503 {@code service_unavailable} if there is none. */
    public ServiceInstance next(String service) {
        var chosen = balancer.choose(service);
        if (chosen == null) {
            throw unavailable(service);
        }
        return chosen;
    }

    /** One that is not {@code failed}, if the service has another. */
    Optional<ServiceInstance> nextAfter(String service, ServiceInstance failed) {
        for (int i = 0; i < TRIES; i++) {
            var chosen = balancer.choose(service);
            if (chosen != null && !chosen.getUri().equals(failed.getUri())) {
                return Optional.of(chosen);
            }
        }
        return Optional.empty();
    }

    public static ProblemException unavailable(String service) {
        return ProblemException.unavailable(
                "service_unavailable", "The %s cannot be reached now.".formatted(service), RETRY_AFTER);
    }
}
