package dev.breakwater.platform.loadbalancing;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * The instances that the registry's client has in memory. Spring's own supplier puts a timer around each question, for
 * a registry that has to be asked; that was a twelfth of what a call through the gateway cost.
 */
final class LocalInstances implements ServiceInstanceListSupplier {

    private final String service;
    private final DiscoveryClient discovery;

    LocalInstances(String service, DiscoveryClient discovery) {
        this.service = service;
        this.discovery = discovery;
    }

    @Override
    public String getServiceId() {
        return service;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return Flux.defer(() -> Flux.just(discovery.getInstances(service)));
    }
}
