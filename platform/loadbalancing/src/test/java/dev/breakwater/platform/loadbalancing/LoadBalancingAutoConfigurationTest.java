package dev.breakwater.platform.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
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

    private static ReactorLoadBalancer<ServiceInstance> balancer(LoadBalancerClientFactory clients) {
        return Objects.requireNonNull(clients.<ReactorLoadBalancer<ServiceInstance>>getInstance(
                "order-service", ReactorLoadBalancer.class, ServiceInstance.class));
    }
}
