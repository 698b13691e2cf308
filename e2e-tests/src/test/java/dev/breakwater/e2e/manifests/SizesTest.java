package dev.breakwater.e2e.manifests;

import static dev.breakwater.e2e.manifests.Manifest.elements;
import static dev.breakwater.e2e.manifests.Manifest.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many pods there may be, and what they need of others. */
class SizesTest {

    private static final int FOR_MIGRATIONS_AND_PEOPLE = 20;

    @BeforeAll
    static void kubectl() {
        Kubectl.needed();
    }

    @ParameterizedTest
    @CsvSource({"overlays/local, 1, 4", "overlays/production, 4, 50", "overlays/mesh, 4, 50"})
    void each_service_scales_by_processor_and_those_with_messages_by_lag(String overlay, int least, int most) {
        for (var service : List.of("gateway-service", "order-service", "inventory-service", "payment-service")) {
            var scaler = found(overlay, "HorizontalPodAutoscaler", service);
            assertThat(scaler.at("/spec/scaleTargetRef/name").asString()).isEqualTo(service);
            assertThat(scaler.at("/spec/minReplicas").asInt()).isEqualTo(least);
            assertThat(scaler.at("/spec/maxReplicas").asInt()).isEqualTo(most);
            assertThat(elements(scaler.at("/spec/metrics"))).anySatisfy(metric -> {
                assertThat(metric.at("/resource/name").asString("")).isEqualTo("cpu");
                assertThat(metric.at("/resource/target/averageUtilization").asInt())
                        .isEqualTo(70);
            });
            if (!service.equals("gateway-service")) {
                assertThat(elements(scaler.at("/spec/metrics"))).anySatisfy(metric -> {
                    assertThat(metric.at("/external/metric/name").asString("")).isEqualTo("breakwater_consumer_lag");
                    assertThat(metric.at("/external/metric/selector/matchLabels/service")
                                    .asString())
                            .isEqualTo(service);
                });
            }
            assertThat(scaler.at("/spec/behavior/scaleUp/stabilizationWindowSeconds")
                            .asInt(-1))
                    .isZero();
            assertThat(scaler.at("/spec/behavior/scaleDown/stabilizationWindowSeconds")
                            .asInt(300))
                    .isLessThan(180);
            // Its number is the autoscaler's: applied again, the manifest must not set it back.
            assertThat(found(overlay, "Deployment", service).at("/spec").has("replicas"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/mesh"})
    void a_topic_has_a_partition_for_each_of_the_most_pods(String overlay) {
        for (var service : List.of("order-service", "inventory-service", "payment-service")) {
            assertThat(partitions(overlay)).isGreaterThanOrEqualTo(mostPods(overlay, service));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/mesh"})
    void the_pools_of_the_most_pods_fit_into_each_database(String overlay) {
        for (var service : List.of("order-service", "inventory-service", "payment-service")) {
            var allowed = found(overlay, "Deployment", service)
                    .at("/metadata/annotations/breakwater.dev~1database-connections")
                    .asString();
            assertThat(poolSize(overlay) * mostPods(overlay, service) + FOR_MIGRATIONS_AND_PEOPLE)
                    .isLessThanOrEqualTo(Integer.parseInt(allowed));
        }
    }

    @Test
    void the_pools_of_all_services_fit_into_the_one_database_of_the_local_cluster() {
        var overlay = "overlays/local";
        var pools = poolSize(overlay)
                * (mostPods(overlay, "order-service")
                        + mostPods(overlay, "inventory-service")
                        + mostPods(overlay, "payment-service"));
        // A new one beside the old one.
        var bank = 2 * Integer.parseInt(setting(overlay, "bank-simulator", "DATABASE_CONNECTIONS"));
        var allowed =
                elements(found(overlay, "StatefulSet", "mysql")
                                .containers()
                                .getFirst()
                                .tree()
                                .path("args"))
                        .stream()
                        .map(argument -> argument.asString())
                        .filter(argument -> argument.startsWith("--max-connections="))
                        .map(argument -> Integer.parseInt(argument.substring(argument.indexOf('=') + 1)))
                        .toList();

        assertThat(allowed)
                .singleElement()
                .satisfies(most ->
                        assertThat(pools + bank + FOR_MIGRATIONS_AND_PEOPLE).isLessThanOrEqualTo(most));
    }

    /** The local cluster's pods ask for no more than a node of 8 GiB and two processors has left beside its own. */
    @Test
    void a_pod_of_each_fits_on_a_small_node() {
        var memory = 0;
        var processor = 0;
        for (var pods : Kubectl.overlay("overlays/local")) {
            var each = pods.isServing() ? pods.at("/spec/replicas").asInt(1) : 0;
            for (var container : pods.containers()) {
                if (container.isFirst()) {
                    continue;
                }
                var requests = strings(container.tree().at("/resources/requests"));
                memory += each
                        * Integer.parseInt(requests.getOrDefault("memory", "").replace("Mi", ""));
                processor +=
                        each * Integer.parseInt(requests.getOrDefault("cpu", "").replace("m", ""));
            }
        }
        assertThat(memory).isBetween(1024, 5 * 1024);
        assertThat(processor).isLessThanOrEqualTo(1000);
    }

    /** The canary's and those of a rollout too. */
    private static int mostPods(String overlay, String service) {
        var most = found(overlay, "HorizontalPodAutoscaler", service)
                .at("/spec/maxReplicas")
                .asInt();
        var surge = found(overlay, "Deployment", service)
                .at("/spec/strategy/rollingUpdate/maxSurge")
                .asString();
        var more = surge.endsWith("%")
                ? Math.ceilDiv(most * Integer.parseInt(surge.replace("%", "")), 100)
                : Integer.parseInt(surge);
        var canary = Kubectl.overlay(overlay).stream()
                .filter(found -> found.is("Deployment", service + "-canary"))
                .mapToInt(found -> found.at("/spec/replicas").asInt())
                .sum();
        return most + more + canary;
    }

    private static int poolSize(String overlay) {
        return Integer.parseInt(setting(overlay, "services-with-a-database", "DATABASE_POOL_SIZE"));
    }

    private static int partitions(String overlay) {
        return Integer.parseInt(setting(overlay, "services-with-a-database", "TOPIC_PARTITIONS"));
    }

    private static String setting(String overlay, String configMap, String key) {
        return Kubectl.overlay(overlay).stream()
                .filter(found ->
                        found.kind().equals("ConfigMap") && found.name().startsWith(configMap + "-"))
                .map(found -> found.at("/data/" + key).asString())
                .findFirst()
                .orElseThrow();
    }

    private static Manifest found(String overlay, String kind, String name) {
        return Kubectl.overlay(overlay).stream()
                .filter(each -> each.is(kind, name))
                .findFirst()
                .orElseThrow();
    }
}
