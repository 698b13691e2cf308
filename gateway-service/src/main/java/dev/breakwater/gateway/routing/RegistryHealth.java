package dev.breakwater.gateway.routing;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/**
 * Up from the first time that a service was found. Later on the gateway lives on what it knows: a registry that is away
 * must not take the edge with it.
 */
@Component("registry")
class RegistryHealth implements HealthIndicator {

    private final DiscoveryClient discovery;
    private volatile boolean reached;

    RegistryHealth(DiscoveryClient discovery) {
        this.discovery = discovery;
    }

    @Override
    public Health health() {
        if (!reached) {
            reached = !discovery.getServices().isEmpty();
        }
        return reached
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("registry", "not reached yet")
                        .build();
    }
}
