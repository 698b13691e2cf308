package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.settings.LiveSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.validation.Validator;

/** What every project gets by depending on this module, unless {@code breakwater.loadbalancing.enabled} is false. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "breakwater.loadbalancing.enabled", matchIfMissing = true)
@LoadBalancerClients(defaultConfiguration = BalancedClientConfiguration.class)
public class LoadBalancingAutoConfiguration {

    @Bean
    LiveSettings<LoadBalancingSettings> loadBalancingSettings(Environment environment, Validator validator) {
        return new LiveSettings<>(LoadBalancingSettings.PREFIX, LoadBalancingSettings.class, environment, validator);
    }

    @Bean
    Nodes loadBalancingNodes(
            LiveSettings<LoadBalancingSettings> loadBalancingSettings, ObjectProvider<MeterRegistry> meters) {
        return new Nodes(
                loadBalancingSettings,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextLong());
    }
}
