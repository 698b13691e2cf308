package dev.breakwater.e2e.manifests;

import static dev.breakwater.e2e.manifests.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What every pod and every container must say of itself. */
class PodsTest {

    @BeforeAll
    static void kubectl() {
        Kubectl.needed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void no_container_is_without_limits(String overlay) {
        assertThat(containers(overlay)).isNotEmpty().allSatisfy(container -> {
            for (var resource : Set.of("cpu", "memory")) {
                assertThat(container.tree().at("/resources/requests").has(resource))
                        .isTrue();
                assertThat(container.tree().at("/resources/limits").has(resource))
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void no_container_that_serves_is_without_probes(String overlay) {
        assertThat(containers(overlay).filter(container -> container.of().isServing() && !container.isFirst()))
                .isNotEmpty()
                .allSatisfy(container -> {
                    var own = elements(container.tree().path("ports")).stream()
                            .map(port -> port.path("name").asString())
                            .collect(Collectors.toSet());
                    for (var probe : Set.of("livenessProbe", "readinessProbe")) {
                        assertThat(container.tree().has(probe)).as(probe).isTrue();
                    }
                    if (!own.isEmpty()) {
                        assertThat(container.tree().has("startupProbe")).isTrue();
                    }
                    Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                            .flatMap(probe -> Stream.of("httpGet", "tcpSocket")
                                    .map(way -> container
                                            .tree()
                                            .path(probe)
                                            .path(way)
                                            .path("port")))
                            .filter(JsonNode::isString)
                            .forEach(port -> assertThat(own).contains(port.asString()));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void no_container_has_more_rights_than_it_needs(String overlay) {
        assertThat(containers(overlay)).allSatisfy(container -> {
            var security = container.tree().path("securityContext");
            assertThat(security.path("readOnlyRootFilesystem").asBoolean(false)).isTrue();
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(elements(security.at("/capabilities/drop")))
                    .extracting(JsonNode::asString)
                    .containsExactly("ALL");
            assertThat(security.has("runAsUser")).isFalse();

            var pod = container.of().podTemplate().path("spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean(false)).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt(0)).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void no_pod_has_a_token_or_variables_of_other_services(String overlay) {
        assertThat(Kubectl.overlay(overlay).stream().filter(Manifest::isServing))
                .isNotEmpty()
                .allSatisfy(pods -> {
                    var pod = pods.podTemplate().path("spec");
                    assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                            .isFalse();
                    assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
                    assertThat(Kubectl.overlay(overlay))
                            .anyMatch(account -> account.is(
                                    "ServiceAccount",
                                    pod.path("serviceAccountName").asString()));
                });
        assertThat(Kubectl.overlay(overlay).stream()
                        .filter(found -> found.kind().equals("ServiceAccount")))
                .allSatisfy(account -> assertThat(
                                account.at("/automountServiceAccountToken").asBoolean(true))
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void no_image_is_the_latest_and_none_is_fetched_that_is_there(String overlay) {
        assertThat(containers(overlay)).allSatisfy(container -> {
            assertThat(container.image()).matches("[a-z./-]+:[0-9][A-Za-z0-9.-]*");
            assertThat(container.tree().path("imagePullPolicy").asString()).isEqualTo("IfNotPresent");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void whatever_is_mounted_is_there(String overlay) {
        assertThat(containers(overlay)).allSatisfy(container -> {
            var pods = container.of();
            var volumes = Stream.concat(
                            elements(pods.podTemplate().at("/spec/volumes")).stream()
                                    .map(volume -> volume.path("name")),
                            elements(pods.at("/spec/volumeClaimTemplates")).stream()
                                    .map(claim -> claim.at("/metadata/name")))
                    .map(JsonNode::asString)
                    .toList();
            assertThat(elements(container.tree().path("volumeMounts")))
                    .extracting(mount -> mount.path("name").asString())
                    .isSubsetOf(volumes);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void the_pods_of_a_service_are_spread_and_its_stop_has_time(String overlay) {
        assertThat(containers(overlay).filter(container -> container.name().equals("service")))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(container -> {
                    var pod = container.of().podTemplate().path("spec");
                    assertThat(elements(pod.path("topologySpreadConstraints")))
                            .extracting(spread -> spread.path("topologyKey").asString())
                            .contains("kubernetes.io/hostname");
                    var pause = container
                            .tree()
                            .at("/lifecycle/preStop/sleep/seconds")
                            .asInt(0);
                    // A phase of the stop has 15 s (platform/web.yaml), and requests and messages end in two of them.
                    assertThat(pause).isGreaterThanOrEqualTo(5);
                    assertThat(pod.path("terminationGracePeriodSeconds").asInt(30))
                            .isGreaterThanOrEqualTo(pause + 2 * 15 + 5);
                });
    }

    private static Stream<Manifest.Container> containers(String overlay) {
        return Kubectl.overlay(overlay).stream().flatMap(found -> found.containers().stream());
    }
}
