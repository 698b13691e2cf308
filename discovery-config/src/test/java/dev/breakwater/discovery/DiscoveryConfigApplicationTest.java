package dev.breakwater.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class DiscoveryConfigApplicationTest {

    @TempDir
    static Path directory;

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        registry.add("CONFIG_DIRECTORY", directory::toString);
    }

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Test
    void an_instance_that_registers_is_seen_by_the_next_reader() throws Exception {
        assertThat(register("registered-service", 90).statusCode()).isEqualTo(204);

        HttpResponse<String> found = get("/eureka/apps/REGISTERED-SERVICE");

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("\"port\":{\"$\":18081", "\"status\":\"UP\"");
        assertThat(get("/eureka/apps").body()).contains("REGISTERED-SERVICE");
    }

    @Test
    void an_instance_that_stops_renewing_its_lease_is_gone_within_seconds() throws Exception {
        assertThat(register("expiring-service", 1).statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(get("/eureka/apps/EXPIRING-SERVICE").statusCode())
                                .isEqualTo(404));
    }

    @Test
    void an_instance_that_deregisters_is_gone_at_once() throws Exception {
        assertThat(register("leaving-service", 90).statusCode()).isEqualTo(204);

        HttpRequest leave = request("/eureka/apps/LEAVING-SERVICE/localhost:leaving-service")
                .DELETE()
                .build();
        assertThat(http.send(leave, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        assertThat(get("/eureka/apps/LEAVING-SERVICE").statusCode()).isEqualTo(404);
    }

    @Test
    void a_service_reads_the_shared_configuration_and_its_own() throws Exception {
        HttpResponse<String> answer = get("/config/order-service/demo");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("shared-config/application.yaml", "shared-config/order-service.yaml");
    }

    @Test
    void a_file_in_the_directory_wins_and_is_read_as_it_is_now() throws Exception {
        assertThat(get("/config/order-service/demo").body()).doesNotContain("a-setting");

        Files.writeString(
                directory.resolve("order-service.yaml"), "a-setting: 1\nlogging.level.dev.breakwater: DEBUG\n");
        assertThat(get("/config/order-service/demo").body())
                .contains("\"a-setting\":1")
                .containsSubsequence("\"logging.level.dev.breakwater\":\"DEBUG\"", "shared-config/order-service.yaml");

        Files.writeString(directory.resolve("order-service.yaml"), "a-setting: 2\n");
        assertThat(get("/config/order-service/demo").body()).contains("\"a-setting\":2");
        Files.delete(directory.resolve("order-service.yaml"));
    }

    @Test
    void it_is_alive_and_ready() throws Exception {
        HttpRequest health = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + managementPort + "/actuator/health/readiness"))
                .build();

        assertThat(http.send(health, BodyHandlers.ofString()).body()).contains("\"UP\"");
    }

    private HttpResponse<String> register(String service, int leaseSeconds) throws IOException, InterruptedException {
        String instance = """
                {"instance": {"instanceId": "localhost:%1$s", "hostName": "localhost", "app": "%1$s",
                  "ipAddr": "127.0.0.1", "vipAddress": "%1$s", "status": "UP", "port": {"$": 18081, "@enabled": "true"},
                  "leaseInfo": {"durationInSecs": %2$d, "renewalIntervalInSecs": 1},
                  "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
                """.formatted(service, leaseSeconds);
        HttpRequest request = request("/eureka/apps/" + service)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(instance))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "application/json");
    }
}
