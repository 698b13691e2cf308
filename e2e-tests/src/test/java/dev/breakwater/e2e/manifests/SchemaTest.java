package dev.breakwater.e2e.manifests;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether an API server would take what is rendered: the classes of the Kubernetes client are made of its OpenAPI
 * description, and refuse fields that are unknown, those that are missing, and numbers and lists that are none.
 */
class SchemaTest {

    private static final Map<String, Reader> BUILT_IN = Map.ofEntries(
            entry("v1 Namespace", V1Namespace::fromJson),
            entry("v1 ServiceAccount", V1ServiceAccount::fromJson),
            entry("v1 ConfigMap", V1ConfigMap::fromJson),
            entry("v1 Secret", V1Secret::fromJson),
            entry("v1 Service", V1Service::fromJson),
            entry("apps/v1 Deployment", V1Deployment::fromJson),
            entry("apps/v1 StatefulSet", V1StatefulSet::fromJson),
            entry("batch/v1 CronJob", V1CronJob::fromJson),
            entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson),
            entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson),
            entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson),
            entry("rbac.authorization.k8s.io/v1 Role", V1Role::fromJson),
            entry("rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::fromJson));

    /** Throws what is wrong. */
    private interface Reader {
        Object read(String json) throws IOException;
    }

    @BeforeAll
    static void kubectl() {
        Kubectl.needed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/local", "overlays/production"})
    void every_object_is_built_in_and_follows_its_schema(String overlay) {
        assertThat(Kubectl.overlay(overlay)).hasSizeGreaterThan(20).allSatisfy(SchemaTest::followsItsSchema);
    }

    @Test
    void every_object_has_a_name_of_its_own() {
        for (var overlay : Set.of("overlays/local", "overlays/production", "overlays/mesh")) {
            assertThat(Kubectl.overlay(overlay)).extracting(Manifest::toString).doesNotHaveDuplicates();
            assertThat(Kubectl.overlay(overlay))
                    .allSatisfy(found -> assertThat(found.name())
                            .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                            .hasSizeLessThan(64));
        }
    }

    @Test
    void what_an_api_server_would_refuse_is_refused_here() {
        var json = Kubectl.overlay("overlays/local").stream()
                .filter(found -> found.is("Deployment", "order-service"))
                .findFirst()
                .orElseThrow()
                .tree()
                .toString();

        for (var wrong : Set.of(
                json.replace("\"envFrom\"", "\"envfrom\""),
                json.replace("\"failureThreshold\":6", "\"failureTreshold\":6"),
                json.replace("\"selector\"", "\"selektor\""),
                json.replace(
                        "\"terminationGracePeriodSeconds\":50", "\"terminationGracePeriodSeconds\":\"a minute\""))) {
            assertThat(wrong).isNotEqualTo(json);
            assertThatThrownBy(() -> V1Deployment.fromJson(wrong)).isInstanceOf(RuntimeException.class);
        }
    }

    /** What is not built in stands in components alone, and each says which definitions it needs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "canary-httproute",
                "canary-istio",
                "cert-manager",
                "ephemeral",
                "forecast",
                "httproute",
                "istio",
                "keda",
                "prescaling",
                "prometheus-operator",
                "trust-store"
            })
    void a_component_says_what_it_needs(String component) throws IOException {
        var overlay = component.equals("ephemeral") ? "local" : "production";
        var folder =
                Files.createDirectories(Path.of("target/manifests", component).toAbsolutePath());
        var relative = folder.relativize(Kubectl.K8S);
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: breakwater
                resources: [%1$s/overlays/%2$s]
                components: [%1$s/components/%3$s]
                """.formatted(relative, overlay, component));

        var foreign = new TreeSet<String>();
        for (var found : Kubectl.render(folder)) {
            if (BUILT_IN.containsKey(found.apiVersion() + " " + found.kind())) {
                followsItsSchema(found);
            } else {
                foreign.add(definition(found));
            }
        }

        assertThat(needs(Kubectl.K8S.resolve("components").resolve(component))).isEqualTo(foreign);
    }

    @Test
    void the_mesh_says_what_it_needs() {
        var foreign = new TreeSet<String>();
        for (var found : Kubectl.overlay("overlays/mesh")) {
            if (!BUILT_IN.containsKey(found.apiVersion() + " " + found.kind())) {
                foreign.add(definition(found));
            }
        }
        assertThat(needs(Kubectl.K8S.resolve("overlays/mesh")))
                .isEqualTo(foreign)
                .isNotEmpty();
    }

    @Test
    void every_component_is_looked_at() throws Exception {
        try (var components = Files.list(Kubectl.K8S.resolve("components"))) {
            var looked = getClass()
                    .getDeclaredMethod("a_component_says_what_it_needs", String.class)
                    .getAnnotation(ValueSource.class)
                    .strings();
            assertThat(components.map(folder -> folder.getFileName().toString()))
                    // The base's own.
                    .filteredOn(name -> !name.equals("service-pod"))
                    .containsExactlyInAnyOrder(looked);
        }
    }

    private static void followsItsSchema(Manifest found) {
        var reader = BUILT_IN.get(found.apiVersion() + " " + found.kind());
        assertThat(reader)
                .as("how to read " + found.apiVersion() + " " + found.kind())
                .isNotNull();
        try {
            assertThat(reader.read(found.tree().toString())).isNotNull();
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(found + ": " + e.getMessage(), e);
        }
    }

    /** The name of the custom resource definition. */
    private static String definition(Manifest found) {
        var kind = found.kind().toLowerCase(Locale.ROOT);
        var plural = kind.matches(".*[^aeiou]y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
        return plural + "." + found.apiVersion().replaceFirst("/.*", "");
    }

    private static Set<String> needs(Path folder) {
        var names = new TreeSet<String>();
        try {
            var needed = Pattern.compile("(?m)^# Needs: (.*)$")
                    .matcher(Files.readString(folder.resolve("kustomization.yaml")));
            while (needed.find()) {
                names.addAll(Set.of(needed.group(1).split(", ")));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return names;
    }
}
