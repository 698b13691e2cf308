package dev.breakwater.discovery;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.config.server.EnableConfigServer;
import org.springframework.cloud.config.server.environment.NativeEnvironmentProperties;
import org.springframework.cloud.config.server.environment.NativeEnvironmentRepository;
import org.springframework.cloud.config.server.environment.NativeEnvironmentRepositoryFactory;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.annotation.Bean;

/** Eureka below {@code /eureka} and the Config server below {@code /config}: one process, for both are needed first. */
@SpringBootApplication
@EnableEurekaServer
@EnableConfigServer
public class DiscoveryConfigApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(DiscoveryConfigApplication.class, arguments);
    }

    /** As the profile "native" would make it; so that the active profile stays free to say where the suite runs. */
    @Bean
    NativeEnvironmentRepository sharedConfiguration(
            NativeEnvironmentRepositoryFactory factory, NativeEnvironmentProperties properties) {
        return factory.build(properties);
    }
}
