package dev.breakwater.platform.settings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Takes up what changes at the Config server, if {@code breakwater.settings.config-server} names one, and in a
 * directory of files, if {@code breakwater.settings.directory} does.
 */
@AutoConfiguration(
        beforeName = "org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration",
        afterName = "org.springframework.cloud.autoconfigure.RefreshAutoConfiguration")
class SettingsAutoConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    @Bean
    static ConfigurationPropertiesBeans configurationPropertiesBeans() {
        return new ChangeableProperties();
    }

    @Bean
    @ConditionalOnProperty("breakwater.settings.config-server")
    @ConditionalOnProperty(name = "spring.cloud.config.enabled", matchIfMissing = true)
    ConfigurationWatch configurationWatch(
            @Value("${breakwater.settings.config-server}") String server,
            @Value("${breakwater.settings.look-every:2s}") Duration every,
            @Value("${spring.application.name}") String service,
            Environment environment,
            ContextRefresher refresher) {
        var active = environment.getActiveProfiles();
        var profiles = String.join(",", active.length == 0 ? environment.getDefaultProfiles() : active);
        var http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        var served = URI.create("%s/%s/%s".formatted(server, service, profiles));
        return new ConfigurationWatch(new ServedConfiguration(served, http), every, refresher);
    }

    @Bean
    @ConditionalOnProperty("breakwater.settings.directory")
    ConfigurationWatch configurationFilesWatch(
            @Value("${breakwater.settings.directory}") Path directory,
            @Value("${breakwater.settings.look-every:2s}") Duration every,
            ContextRefresher refresher) {
        return new ConfigurationWatch(new ConfigurationFiles(directory), every, refresher);
    }
}
