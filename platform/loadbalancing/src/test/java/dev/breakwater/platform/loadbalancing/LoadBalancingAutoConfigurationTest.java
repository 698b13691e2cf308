package dev.breakwater.platform.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

class LoadBalancingAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withBean(LocalValidatorFactoryBean.class)
            .withConfiguration(AutoConfigurations.of(
                    PropertyPlaceholderAutoConfiguration.class,
                    LoadBalancerAutoConfiguration.class,
                    BlockingLoadBalancerClientAutoConfiguration.class,
                    LoadBalancingAutoConfiguration.class));

    @Test
    void it_is_on_for_whoever_has_the_module() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(Nodes.class);
            assertThat(balancer(context.getBean(LoadBalancerClientFactory.class)))
                    .isInstanceOf(NodeLoadBalancer.class);
        });
    }

    @Test
    void switched_off_it_leaves_springs_own_balancer_in_place() {
        runner.withPropertyValues("breakwater.loadbalancing.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(Nodes.class);
            assertThat(balancer(context.getBean(LoadBalancerClientFactory.class)))
                    .isInstanceOf(RoundRobinLoadBalancer.class);
        });
    }

    @Test
    void instances_of_a_registry_in_memory_are_taken_from_there() {
        var there = new DefaultServiceInstance("1", "order-service", "localhost", 8081, false);
        var registry = mock(DiscoveryClient.class);
        when(registry.getInstances("order-service")).thenReturn(List.of(there));
        runner.withBean(DiscoveryClient.class, () -> registry)
                .withPropertyValues("breakwater.loadbalancing.local-registry=true")
                .run(context -> {
                    var supplier = context.getBean(LoadBalancerClientFactory.class)
                            .getInstance("order-service", ServiceInstanceListSupplier.class);
                    assertThat(supplier).isInstanceOf(LocalInstances.class);
                    assertThat(context.getBean(LoadBalancerClient.class).choose("order-service"))
                            .isEqualTo(there);
                });
    }

    private static ReactorLoadBalancer<ServiceInstance> balancer(LoadBalancerClientFactory clients) {
        return Objects.requireNonNull(clients.<ReactorLoadBalancer<ServiceInstance>>getInstance(
                "order-service", ReactorLoadBalancer.class, ServiceInstance.class));
    }
}
