package dev.breakwater.e2e.manifests;

import static dev.breakwater.e2e.manifests.Manifest.children;
import static dev.breakwater.e2e.manifests.Manifest.elements;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What pods are told, and whether anybody listens. */
class EnvironmentTest {

    @BeforeAll
    static void kubectl() {
        Kubectl.needed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void every_variable_of_a_service_is_one_that_it_reads(String overlay) {
        assertThat(services(overlay)).hasSizeGreaterThanOrEqualTo(4).allSatisfy(container -> {
            var service = container.of().podLabels().getOrDefault("app.kubernetes.io/name", "");
            assertThat(environment(overlay, container).keySet()).isSubsetOf(Configuration.variables(service));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void every_service_is_told_where_everything_is_that_it_needs(String overlay) {
        var wanted = Set.of(
                "KAFKA_ADDRESSES",
                "REDIS_CLUSTER_NODES",
                "DATABASE_ADDRESS",
                "DATABASE_USER",
                "DATABASE_PASSWORD",
                "BANK_URL",
                "BANK_API_KEY",
                "TOPIC_PARTITIONS");
        assertThat(services(overlay)).allSatisfy(container -> {
            var service = container.of().podLabels().getOrDefault("app.kubernetes.io/name", "");
            var read = new TreeSet<>(Configuration.variables(service));
            read.retainAll(wanted);
            assertThat(environment(overlay, container).keySet()).containsAll(read);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void every_key_of_a_config_map_or_secret_that_is_used_is_there(String overlay) {
        for (var pods : Kubectl.overlay(overlay)) {
            for (var container : pods.containers()) {
                assertThat(environment(overlay, container))
                        .as(container.toString())
                        .isNotNull();
            }
            assertThat(elements(pods.podTemplate().at("/spec/volumes"))).allSatisfy(volume -> {
                if (volume.has("configMap")) {
                    var config = volume.path("configMap");
                    var keys = data(overlay, "ConfigMap", config.path("name").asString())
                            .keySet();
                    assertThat(keys).isNotEmpty();
                    assertThat(elements(config.path("items")))
                            .extracting(item -> item.path("key").asString())
                            .isSubsetOf(keys);
                }
            });
        }
    }

    /** One that is changed makes new pods; the one that is taken up without keeps its name. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void what_is_read_at_the_start_alone_has_its_hash_in_its_name(String overlay) {
        assertThat(Kubectl.overlay(overlay).stream()
                        .filter(found ->
                                found.kind().equals("ConfigMap") || found.kind().equals("Secret"))
                        .filter(found -> !found.is("ConfigMap", "settings")))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.name()).matches(".*-[a-z0-9]{10}"));
        assertThat(Kubectl.overlay(overlay)).anyMatch(found -> found.is("ConfigMap", "settings"));
    }

    @Test
    void the_secrets_of_the_demo_are_in_its_profile_alone() {
        assertThat(services("overlays/local")).allSatisfy(container -> {
            var environment = environment("overlays/local", container);
            assertThat(environment.get("SPRING_PROFILES_ACTIVE")).contains("demo");
        });
        for (var overlay : List.of("overlays/production", "overlays/mesh")) {
            assertThat(services(overlay)).allSatisfy(container -> {
                var environment = environment(overlay, container);
                assertThat(environment.get("SPRING_PROFILES_ACTIVE")).isEqualTo("kubernetes");
                assertThat(environment.values()).doesNotContain("breakwater-demo", "demo-bank-key");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/mesh"})
    void what_is_outside_of_the_cluster_is_spoken_to_over_tls(String overlay) {
        var wanted = Map.of(
                "DATABASE_TLS", "VERIFY_IDENTITY", //
                "REDIS_TLS", "true",
                "KAFKA_SECURITY_PROTOCOL", "SSL");
        assertThat(services(overlay)).allSatisfy(container -> {
            var environment = environment(overlay, container);
            var needed = new TreeMap<>(wanted);
            if (!environment.containsKey("DATABASE_ADDRESS")) {
                needed.remove("DATABASE_TLS");
            }
            if (!environment.containsKey("REDIS_CLUSTER_NODES")) {
                needed.remove("REDIS_TLS");
            }
            assertThat(environment).containsAllEntriesOf(needed);
        });
    }

    /**
     * A user that the server does not know, or a password that only one side has, shows itself in the cluster alone.
     */
    @Test
    void both_sides_of_a_password_have_the_same() {
        var local = Kubectl.overlay("overlays/local");
        var mysql = secret(local, "mysql");
        for (var service : List.of("order-service", "inventory-service", "payment-service", "bank-simulator")) {
            var own = secret(local, service);
            var user = own.getOrDefault("DATABASE_USER", "");
            assertThat(own.get("DATABASE_PASSWORD")).isEqualTo(mysql.get(user.toUpperCase(Locale.ROOT) + "_PASSWORD"));
            assertThat(Configuration.file("k8s/overlays/local/mysql/schemas.sh"))
                    .contains("schema " + user + " \"$" + user.toUpperCase(Locale.ROOT) + "_PASSWORD\"");
        }
        assertThat(secret(local, "payment-service").get("BANK_API_KEY"))
                .isEqualTo(secret(local, "bank-simulator").get("BANK_API_KEY"));
        for (var service : List.of("gateway-service", "order-service", "inventory-service")) {
            assertThat(secret(local, service).get("REDIS_PASSWORD"))
                    .isEqualTo(secret(local, "redis").get("REDIS_PASSWORD"));
        }
    }

    private static List<Manifest.Container> services(String overlay) {
        return Kubectl.overlay(overlay).stream()
                .flatMap(found -> found.containers().stream())
                .filter(container -> container.name().equals("service"))
                .toList();
    }

    /** Fails for what is used and not there. */
    private static Map<String, String> environment(String overlay, Manifest.Container container) {
        var all = new TreeMap<String, String>();
        for (var source : elements(container.tree().path("envFrom"))) {
            var isSecret = source.has("secretRef");
            var name = source.path(isSecret ? "secretRef" : "configMapRef")
                    .path("name")
                    .asString();
            all.putAll(data(overlay, isSecret ? "Secret" : "ConfigMap", name));
        }
        for (var variable : elements(container.tree().path("env"))) {
            var from = variable.path("valueFrom");
            var isSecret = from.has("secretKeyRef");
            var key = from.path(isSecret ? "secretKeyRef" : "configMapKeyRef");
            if (!key.isMissingNode()) {
                assertThat(data(
                                overlay,
                                isSecret ? "Secret" : "ConfigMap",
                                key.path("name").asString()))
                        .containsKey(key.path("key").asString());
            }
            all.put(variable.path("name").asString(), variable.path("value").asString(""));
        }
        return all;
    }

    private static Map<String, String> data(String overlay, String kind, String name) {
        var found = Kubectl.overlay(overlay).stream()
                .filter(each -> each.is(kind, name))
                .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return decoded(found.getFirst());
    }

    private static Map<String, String> secret(List<Manifest> all, String name) {
        return all.stream()
                .filter(found -> found.kind().equals("Secret") && found.name().matches(name + "-[a-z0-9]{10}"))
                .map(EnvironmentTest::decoded)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> decoded(Manifest found) {
        var isSecret = found.kind().equals("Secret");
        var all = new TreeMap<String, String>();
        for (Map.Entry<String, JsonNode> entry : children(found.at("/data")).entrySet()) {
            var value = entry.getValue().asString();
            all.put(entry.getKey(), isSecret ? new String(Base64.getDecoder().decode(value), UTF_8) : value);
        }
        return all;
    }
}
