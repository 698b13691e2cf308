package dev.breakwater.platform.testing;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A tested service stands alone: no registry, no config server. Set before configuration files are read, since the
 * config server is asked at that moment.
 */
final class AloneEnvironment implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "breakwater-alone",
                        Map.of(
                                "breakwater.discovery.enabled", "false",
                                "spring.cloud.config.enabled", "false",
                                "eureka.client.enabled", "false")));
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
