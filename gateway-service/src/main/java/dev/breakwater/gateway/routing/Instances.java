package dev.breakwater.gateway.routing;

import dev.breakwater.gateway.routing.ServiceCall.Affinity;
import dev.breakwater.platform.loadbalancing.PickContext;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.stereotype.Component;

/** The instances of a service, one at a time, as the load balancer gives them out. */
@Component
public class Instances {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Affinity NONE = new Affinity(null, null);

    private final LoadBalancerClient balancer;

    Instances(LoadBalancerClient balancer) {
        this.balancer = balancer;
    }

    /** 503 {@code service_unavailable} if there is none. */
    public ServiceInstance next(String service) {
        return next(service, NONE);
    }

    ServiceInstance next(String service, Affinity affinity) {
        var chosen = choose(service, null, affinity);
        if (chosen == null) {
            throw unavailable(service);
        }
        return chosen;
    }

    /** One that is not {@code failed}, if the service has another. */
    Optional<ServiceInstance> nextAfter(ServiceInstance failed, String service, Affinity affinity) {
        return Optional.ofNullable(choose(service, failed, affinity))
                .filter(chosen -> !chosen.getUri().equals(failed.getUri()));
    }

    private @Nullable ServiceInstance choose(String service, @Nullable ServiceInstance failed, Affinity affinity) {
        return balancer.choose(service, PickContext.request(failed, affinity.key(), affinity.customer()));
    }

    public static ProblemException unavailable(String service) {
        return ProblemException.unavailable(
                "service_unavailable", "The %s cannot be reached now.".formatted(service), RETRY_AFTER);
    }
}
