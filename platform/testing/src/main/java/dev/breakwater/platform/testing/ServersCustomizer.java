package dev.breakwater.platform.testing;

import dev.breakwater.platform.testing.WithServers.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Carries out {@link WithServers}: equal for equal annotations, so that test classes share a context and its database.
 */
record ServersCustomizer(Set<Kind> kinds) implements ContextCustomizer {

    /** Finds the annotation; registered in spring.factories. */
    static final class Factory implements ContextCustomizerFactory {

        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            var annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, WithServers.class);
            return annotation == null ? null : new ServersCustomizer(Set.of(annotation.value()));
        }
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        startTogether();
        var properties = new LinkedHashMap<String, Object>(TestTokens.properties());
        properties.put("management.server.port", "0");
        for (var kind : kinds) {
            properties.putAll(
                    switch (kind) {
                        case MARIADB -> databaseProperties();
                        case KAFKA ->
                            Map.of(
                                    "KAFKA_ADDRESSES", Servers.kafka().address(),
                                    "spring.kafka.bootstrap-servers",
                                            Servers.kafka().address());
                        case REDIS ->
                            Map.of(
                                    "REDIS_ADDRESS", Servers.redis().address(),
                                    "spring.data.redis.host", "localhost",
                                    "spring.data.redis.port",
                                            Integer.toString(Servers.redis().port()));
                    });
        }
        var sources = context.getEnvironment().getPropertySources();
        var ours = new MapPropertySource("breakwater-servers", properties);
        // What a test class sets for itself wins.
        if (sources.contains("Inlined Test Properties")) {
            sources.addAfter("Inlined Test Properties", ours);
        } else {
            sources.addFirst(ours);
        }
    }

    private void startTogether() {
        kinds.stream()
                .map(kind -> CompletableFuture.runAsync(() -> {
                    var server = switch (kind) {
                        case MARIADB -> Servers.mariadb();
                        case KAFKA -> Servers.kafka();
                        case REDIS -> Servers.redis();
                    };
                    if (!server.isRunning()) {
                        Servers.bringBack(server);
                    }
                }))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static Map<String, String> databaseProperties() {
        var database = Servers.freshDatabase();
        return Map.of(
                "DATABASE_ADDRESS", database.address(),
                "DATABASE_NAME", database.name(),
                "DATABASE_USER", database.user(),
                "DATABASE_PASSWORD", database.password());
    }
}
