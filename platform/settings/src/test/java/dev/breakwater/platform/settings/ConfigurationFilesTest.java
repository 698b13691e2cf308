package dev.breakwater.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;

/** A directory as the kubelet fills it from a ConfigMap: links to a link that is put over to each new version. */
class ConfigurationFilesTest {

    @TempDir
    Path directory;

    @ImportAutoConfiguration({RefreshAutoConfiguration.class, SettingsAutoConfiguration.class})
    static class Shop {}

    @Test
    void a_change_in_the_directory_is_taken_up_by_the_running_service() throws IOException {
        publish("1", "shop.motto: cheap");
        Files.createSymbolicLink(directory.resolve("all"), Path.of("..data/all"));

        try (var shop = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=shop",
                        "--spring.config.additional-location=optional:file:" + directory + "/*/",
                        "--breakwater.settings.directory=" + directory,
                        "--breakwater.settings.look-every=20ms")) {
            var environment = shop.getEnvironment();
            assertThat(environment.getProperty("shop.motto")).isEqualTo("cheap");

            publish("2", "shop.motto: good");

            await().untilAsserted(() ->
                    assertThat(environment.getProperty("shop.motto")).isEqualTo("good"));
        }
    }

    @Test
    void only_what_is_not_hidden_is_read() throws IOException {
        publish("1", "a: 1");
        Files.createSymbolicLink(directory.resolve("all"), Path.of("..data/all"));

        assertThat(new ConfigurationFiles(directory).read())
                .isEqualTo(directory.resolve("all/application.yaml") + "\na: 1\n");
    }

    @Test
    void a_directory_that_is_not_there_says_nothing() {
        assertThat(new ConfigurationFiles(directory.resolve("none")).read()).isNull();
    }

    private void publish(String version, String content) throws IOException {
        var all = Files.createDirectories(directory.resolve("..version-" + version + "/all"));
        Files.writeString(all.resolve("application.yaml"), content);
        var next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..version-" + version));
        Files.move(
                next, directory.resolve("..data"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
