package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.settings.LiveSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * What the context of each client gets. Not annotated, so that no scan finds it and puts it into the application's
 * context, where there is no client.
 */
public class BalancedClientConfiguration {

    /** A client that has a balancer of its own keeps it. */
    @Bean
    @ConditionalOnMissingBean(ReactorLoadBalancer.class)
    ReactorServiceInstanceLoadBalancer nodeLoadBalancer(
            Environment environment, LoadBalancerClientFactory clients, Nodes nodes) {
        var service = LoadBalancerClientFactory.getName(environment);
        return new NodeLoadBalancer(
                nodes.client(service), clients.getLazyProvider(service, ServiceInstanceListSupplier.class));
    }

    /** Where the registry is known to be in memory. */
    @Bean
    @ConditionalOnMissingBean(ServiceInstanceListSupplier.class)
    @ConditionalOnProperty(LoadBalancingSettings.PREFIX + ".local-registry")
    ServiceInstanceListSupplier localInstances(Environment environment, DiscoveryClient discovery) {
        return new LocalInstances(LoadBalancerClientFactory.getName(environment), discovery);
    }

    @Bean
    CallLifecycle callLifecycle(
            Environment environment, Nodes nodes, LiveSettings<LoadBalancingSettings> loadBalancingSettings) {
        return new CallLifecycle(
                LoadBalancerClientFactory.getName(environment), nodes, loadBalancingSettings, System::nanoTime);
    }
}
