package dev.breakwater.e2e.manifests;

import static dev.breakwater.e2e.manifests.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who can be called, by whom, and how many of them may be away. */
class ServicesTest {

    @BeforeAll
    static void kubectl() {
        Kubectl.needed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void every_service_leads_to_ports_that_its_pods_have(String overlay) {
        assertThat(of(overlay, "Service")).isNotEmpty().allSatisfy(service -> {
            assertThat(behind(overlay, service)).isNotEmpty().allSatisfy(pods -> {
                var own = ports(pods);
                assertThat(elements(service.at("/spec/ports"))).isNotEmpty().allSatisfy(port -> {
                    var target = port.path("targetPort");
                    assertThat(own).containsKey(target.asString());
                    assertThat(own.get(target.asString()))
                            .isEqualTo(port.path("port").asInt());
                });
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void every_service_has_a_policy_that_lets_somebody_in_and_a_budget(String overlay) {
        assertThat(of(overlay, "Service")).allSatisfy(service -> {
            assertThat(behind(overlay, service)).allSatisfy(pods -> {
                var own = ports(pods);
                var open = of(overlay, "NetworkPolicy").stream()
                        .filter(policy -> policy.selects(pods.podLabels()))
                        .flatMap(policy -> elements(policy.at("/spec/ingress")).stream())
                        .flatMap(rule -> elements(rule.path("ports")).stream())
                        .map(port -> port.path("port"))
                        .map(port -> port.isInt() ? port.asInt() : own.getOrDefault(port.asString(), 0))
                        .toList();
                assertThat(elements(service.at("/spec/ports")))
                        .allSatisfy(port ->
                                assertThat(open).contains(port.path("port").asInt()));
                assertThat(of(overlay, "PodDisruptionBudget").stream()
                                .filter(budget -> budget.selects(pods.podLabels())))
                        .hasSize(1);
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void nobody_talks_to_anybody_unless_a_policy_says_so(String overlay) {
        assertThat(of(overlay, "NetworkPolicy"))
                .filteredOn(policy -> policy.selects(Map.of())
                        && policy.at("/spec/ingress").isMissingNode()
                        && policy.at("/spec/egress").isMissingNode())
                .singleElement()
                .satisfies(policy -> assertThat(elements(policy.at("/spec/policyTypes")))
                        .extracting(JsonNode::asString)
                        .containsExactlyInAnyOrder("Ingress", "Egress"));
    }

    /** A way that one side opens and the other does not leads nowhere. */
    @Test
    void both_ends_of_every_way_between_pods_agree() {
        var policies = of("overlays/local", "NetworkPolicy").stream()
                .filter(policy -> !policy.selects(Map.of()))
                .filter(policy -> !policy.name().equals("monitoring-to-services"))
                .toList();
        var out = ways(policies, "egress", "to").map(way -> way.from + " -> " + way.to + ":" + way.port);
        var in = ways(policies, "ingress", "from").map(way -> way.to + " -> " + way.from + ":" + way.port);

        assertThat(out).isNotEmpty().containsExactlyInAnyOrderElementsOf(in.toList());
    }

    @Test
    void services_that_are_found_by_name_are_there_under_that_name() throws Exception {
        var discovery = Configuration.file("platform/discovery/src/main/resources/platform/discovery.yaml");
        var names = Pattern.compile("\\{host: ([a-z-]+), port: (\\d+)}").matcher(discovery);
        var found = 0;
        while (names.find()) {
            found++;
            var host = names.group(1);
            var port = Integer.parseInt(names.group(2));
            assertThat(of("overlays/local", "Service"))
                    .filteredOn(service -> service.name().equals(host))
                    .singleElement()
                    .satisfies(service -> {
                        assertThat(service.at("/spec/clusterIP").asString()).isEqualTo("None");
                        assertThat(elements(service.at("/spec/ports")))
                                .extracting(each -> each.path("port").asInt())
                                .contains(port);
                    });
        }
        assertThat(found).isEqualTo(4);
    }

    private record Way(String from, String to, int port) {}

    private static Stream<Way> ways(List<Manifest> policies, String direction, String peers) {
        return policies.stream()
                .flatMap(policy -> elements(policy.at("/spec/" + direction)).stream()
                        .flatMap(rule -> elements(rule.path(peers)).stream()
                                .flatMap(peer -> elements(rule.path("ports")).stream()
                                        .map(port -> new Way(
                                                policy.name(),
                                                peer.at("/podSelector/matchLabels/app.kubernetes.io~1name")
                                                        .asString(),
                                                port.path("port").asInt())))));
    }

    private static List<Manifest> of(String overlay, String kind) {
        return Kubectl.overlay(overlay).stream()
                .filter(found -> found.kind().equals(kind))
                .toList();
    }

    private static List<Manifest> behind(String overlay, Manifest service) {
        return Kubectl.overlay(overlay).stream()
                .filter(Manifest::isServing)
                .filter(pods -> service.selects(pods.podLabels()))
                .toList();
    }

    private static Map<String, Integer> ports(Manifest pods) {
        var own = new TreeMap<String, Integer>();
        pods.containers().stream()
                .flatMap(container -> elements(container.tree().path("ports")).stream())
                .forEach(port -> own.put(
                        port.path("name").asString(), port.path("containerPort").asInt()));
        return own;
    }
}
