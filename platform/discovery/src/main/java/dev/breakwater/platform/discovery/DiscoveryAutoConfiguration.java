package dev.breakwater.platform.discovery;

import com.netflix.appinfo.ApplicationInfoManager;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** For services that are in a registry; elsewhere whoever routes to them looks at readiness, and waits by himself. */
@AutoConfiguration(afterName = "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration")
@ConditionalOnBean(ApplicationInfoManager.class)
class DiscoveryAutoConfiguration {

    @Bean
    RegistryStatus registryStatus(ApplicationInfoManager registration) {
        return new RegistryStatus(registration);
    }

    @Bean
    Leaving leaving(@Value("${breakwater.discovery.leaving}") Duration time) {
        return new Leaving(time);
    }
}
