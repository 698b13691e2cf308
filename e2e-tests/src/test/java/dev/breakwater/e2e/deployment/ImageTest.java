package dev.breakwater.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.breakwater.e2e.suite.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the Dockerfile and the program of its health check promise. */
class ImageTest {

    private final String dockerfile;

    ImageTest() throws IOException {
        this.dockerfile = Files.readString(Suite.repository().resolve("Dockerfile"));
    }

    @Test
    void the_base_images_have_their_tags_from_outside() {
        var bases = Pattern.compile("^FROM (?:--platform=\\S+ )?(\\S+)", Pattern.MULTILINE)
                .matcher(dockerfile)
                .results()
                .map(found -> found.group(1))
                .filter(base -> base.contains(":"))
                .toList();
        assertThat(bases)
                .hasSize(3)
                .allMatch(base -> base.matches("eclipse-temurin:\\$\\{(JDK|JRE)_TAG}\\$\\{\\1_DIGEST}"));
    }

    @Test
    void what_runs_has_a_numeric_user_and_no_shell_around_it() {
        assertThat(dockerfile).containsPattern("\nUSER [1-9][0-9]*:[1-9][0-9]*\n");
        assertThat(dockerfile).contains("\nENTRYPOINT [\"java\", ").contains("CMD [\"java\", ");
    }

    @Test
    void the_training_of_the_cache_has_no_network() {
        assertThat(dockerfile).containsPattern("RUN --network=none(?s:[^&]*)-XX:AOTCacheOutput=");
    }

    @Test
    void every_service_is_built_and_listens_where_it_says_by_itself() throws IOException {
        for (var service : ComposeFile.read().ours().entrySet()) {
            var name = service.getKey();
            var arguments = service.getValue().at("/build/args");
            assertThat(arguments.path("SERVICE").asString("")).isEqualTo(name);
            assertThat(dockerfile).containsPattern("-pl \\S*\\b" + name + "\\b");
            assertThat(own(name)).contains(arguments.path("PORT").asString("")).contains(actuator(name, arguments));
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1", "404, 1"})
    void the_health_check_ends_with_what_readiness_says(int status, int exit) throws Exception {
        var actuator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        actuator.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        actuator.start();
        try {
            assertThat(healthCheck(actuator.getAddress().getPort())).isEqualTo(exit);
        } finally {
            actuator.stop(0);
        }
    }

    @Test
    void the_health_check_of_a_service_that_does_not_listen_fails() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(healthCheck(free)).isEqualTo(1);
    }

    private static int healthCheck(int port) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Suite.repository().resolve("image/Health.java").toString());
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
        var process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static String own(String module) throws IOException {
        var folder = Suite.repository().resolve(module).resolve("src/main");
        var application = folder.resolve("resources/application.yaml");
        return Files.readString(
                Files.exists(application) ? application : folder.resolve("java/dev/breakwater/bank/Settings.java"));
    }

    /** The bank simulator's is a thousand above its port, without saying it. */
    private static String actuator(String module, JsonNode arguments) {
        return arguments
                .path(module.equals("bank-simulator") ? "PORT" : "ACTUATOR_PORT")
                .asString("");
    }
}
