package dev.breakwater.platform.web.security;

import java.util.Arrays;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Refuses a start with a secret that everybody can read in this repository, unless it is the demo that starts. */
public final class DemoSecretGuard implements EnvironmentPostProcessor, Ordered {

    private static final String DEMO = "demo";

    private static final Set<String> DEMO_SECRETS = Set.of("breakwater-demo", "demo-bank-key");

    private static final Set<String> DEMO_KEY_FILES = Set.of("demo/public-key.pem", "demo/private-key.pem");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (Arrays.asList(environment.getActiveProfiles()).contains(DEMO)) {
            return;
        }
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (var name : enumerable.getPropertyNames()) {
                    refuseDemoSecret(name, String.valueOf(enumerable.getProperty(name)));
                }
            }
        }
    }

    private static void refuseDemoSecret(String name, String value) {
        if (DEMO_SECRETS.contains(value)
                || DEMO_KEY_FILES.stream().anyMatch(value::endsWith)
                || DemoKeys.contains(value)) {
            throw new DemoSecretException(name);
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
