package dev.breakwater.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ComposeFileTest {

    private static final int FOUR_GIB = 4096;
    private static final Set<String> SCALED = Set.of("order-service", "inventory-service", "payment-service");
    private static final Pattern FOREIGN_IMAGE = Pattern.compile("[a-z/-]+:\\$\\{([A-Z_]+)_TAG}\\$\\{\\1_DIGEST}");

    private final ComposeFile compose;

    ComposeFileTest() throws IOException {
        this.compose = ComposeFile.read();
    }

    @Test
    void every_service_has_a_memory_limit_and_without_profiles_they_add_up_to_four_gib_at_most() {
        assertThat(compose.services())
                .allSatisfy((name, service) ->
                        assertThat(ComposeFile.memory(service)).as(name).isPositive());
        var total = compose.usual().values().stream()
                .mapToInt(service -> ComposeFile.instances(service) * ComposeFile.memory(service))
                .sum();
        assertThat(total).isPositive().isLessThanOrEqualTo(FOUR_GIB);
    }

    @Test
    void what_is_to_serve_is_started_again_and_what_is_to_end_is_waited_for() {
        var toEnd = new TreeSet<String>();
        for (var service : compose.services().values()) {
            ComposeFile.waitsFor(service).forEach((needed, condition) -> {
                if (condition.equals("service_completed_successfully")) {
                    toEnd.add(needed);
                }
            });
        }
        assertThat(compose.services())
                .allSatisfy(
                        (name, service) -> assertThat(service.path("restart").asString("missing"))
                                .as(name)
                                .isEqualTo(toEnd.contains(name) ? "no" : "unless-stopped"));
    }

    @Test
    void who_is_waited_for_says_whether_it_is_healthy() throws IOException {
        assertThat(Files.readString(Suite.repository().resolve("Dockerfile"))).contains("\nHEALTHCHECK ");
        var awaited = new TreeSet<String>();
        for (var service : compose.services().values()) {
            ComposeFile.waitsFor(service).forEach((needed, condition) -> {
                if (condition.equals("service_healthy")) {
                    awaited.add(needed);
                }
            });
        }
        assertThat(awaited).contains("mysql", "kafka", "redis", "discovery-config", "gateway-service");
        assertThat(awaited).allSatisfy(name -> assertThat(hasHealthCheck(name)).isTrue());
    }

    @Test
    void every_image_has_its_tag_from_the_variable_file() {
        compose.services().forEach((name, service) -> {
            var image = service.path("image").asString("");
            if (compose.ours().containsKey(name)) {
                assertThat(image).isEqualTo("breakwater/" + name + ":${BREAKWATER_VERSION}");
            } else {
                var parts = FOREIGN_IMAGE.matcher(image);
                assertThat(parts.matches()).as(image).isTrue();
                assertThat(compose.variables()).containsKeys(parts.group(1) + "_TAG", parts.group(1) + "_DIGEST");
            }
        });
    }

    @Test
    void no_tag_moves_with_the_newest_and_a_digest_may_be_set() {
        assertThat(compose.variables())
                .containsKeys("JDK_TAG", "JDK_DIGEST", "JRE_TAG", "JRE_DIGEST")
                .allSatisfy((name, value) -> {
                    if (name.endsWith("_TAG")) {
                        assertThat(value).as(name).matches("v?[0-9][A-Za-z0-9._-]*");
                    }
                    if (name.endsWith("_DIGEST")) {
                        assertThat(value).as(name).matches("(@sha256:[0-9a-f]{64})?");
                    }
                });
    }

    @Test
    void the_images_bear_the_version_of_the_build() throws IOException {
        assertThat(Files.readString(Suite.repository().resolve("pom.xml")))
                .contains("<artifactId>breakwater</artifactId>\n  <version>%s</version>"
                        .formatted(compose.variables().get("BREAKWATER_VERSION")));
    }

    @Test
    void only_the_edge_is_reached_from_other_machines() {
        compose.services().forEach((name, service) -> {
            assertThat(service.path("network_mode").asString("")).as(name).isNotEqualTo("host");
            if (!name.equals("edge")) {
                for (var port : service.path("ports")) {
                    assertThat(port.asString("")).as(name).startsWith("127.0.0.1:");
                }
            }
        });
        assertThat(service("edge").path("ports").size()).isEqualTo(2);
    }

    @Test
    void what_may_be_scaled_has_no_name_and_no_port_of_this_machine() {
        assertThat(SCALED).allSatisfy(name -> {
            var service = service(name);
            assertThat(ComposeFile.instances(service)).isEqualTo(2);
            assertThat(service.path("container_name").isMissingNode()).isTrue();
            assertThat(service.path("hostname").isMissingNode()).isTrue();
            assertThat(service.path("ports").isMissingNode()).isTrue();
            assertThat(service.at("/environment/INSTANCE_ID").asString("")).isEqualTo("$${HOSTNAME}");
        });
    }

    @Test
    void every_variable_of_a_service_is_one_that_it_reads() throws IOException {
        assertThat(compose.ours()).hasSize(6);
        for (var service : compose.ours().entrySet()) {
            var known = KnownSettings.of(service.getKey()).names();
            assertThat(known).contains("SERVER_PORT", "MANAGEMENT_SERVER_PORT");
            assertThat(service.getValue().path("environment").propertyNames())
                    .as(service.getKey())
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-service", "payment-service", "gateway-service", "bank-simulator"})
    void a_variable_that_nobody_reads_is_found(String module) throws IOException {
        assertThat(KnownSettings.of(module).names()).doesNotContain("DATABASE_ADRESS", "KAFKA_URL");
    }

    @Test
    void our_containers_write_nowhere_but_in_memory_and_may_do_nothing_special() {
        assertThat(compose.ours()).allSatisfy((name, service) -> {
            assertThat(service.path("read_only").asBoolean(false)).as(name).isTrue();
            assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(texts(service.path("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(service.path("privileged").isMissingNode()).as(name).isTrue();
            assertThat(service.path("user").isMissingNode()).as(name).isTrue();
        });
    }

    private JsonNode service(String name) {
        var service = compose.services().get(name);
        if (service == null) {
            throw new IllegalStateException("no service " + name);
        }
        return service;
    }

    private boolean hasHealthCheck(String name) {
        return compose.ours().containsKey(name)
                || !service(name).path("healthcheck").isMissingNode();
    }

    private static ArrayList<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        StreamSupport.stream(array.spliterator(), false).forEach(text -> texts.add(text.asString("")));
        return texts;
    }
}
