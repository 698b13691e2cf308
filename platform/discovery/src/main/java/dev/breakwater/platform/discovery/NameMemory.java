package dev.breakwater.platform.discovery;

import java.security.Security;
import java.time.Duration;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * How long the JVM believes an address: by itself 30 s, and 10 s that there is none, which is longer than a pod takes
 * to go and another one to come. It reads this once, at the first name that it looks up, so it is said before that; and
 * it counts for every client in the process, those of Kafka and of databases too, whose servers get new addresses as
 * well.
 */
final class NameMemory implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY = "breakwater.discovery.name-memory";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var memory = environment.getProperty(PROPERTY, Duration.class);
        if (memory != null) {
            var seconds = Long.toString(memory.toSeconds());
            Security.setProperty("networkaddress.cache.ttl", seconds);
            Security.setProperty("networkaddress.cache.negative.ttl", seconds);
        }
    }

    /** As soon as the configuration is read, and before anything else is told where to look. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
