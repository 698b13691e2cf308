package dev.breakwater.e2e.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.e2e.suite.Suite;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Renders manifests as {@code kubectl apply -k} does. */
final class Kubectl {

    static final Path K8S = Suite.repository().resolve("k8s");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<Path, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    private Kubectl() {}

    /** Whoever has no kubectl is told so, and fails only where somebody counts on it: {@code REQUIRE_KUBECTL=true}. */
    static void needed() {
        var isThere = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        if (Boolean.parseBoolean(System.getenv("REQUIRE_KUBECTL"))) {
            assertThat(isThere)
                    .as("REQUIRE_KUBECTL is set, and kubectl is on the path")
                    .isTrue();
        }
        assumeTrue(isThere, "kubectl is not on the path, so nothing is known of the manifests");
    }

    /** @param folder below {@code k8s/} */
    static List<Manifest> overlay(String folder) {
        return render(K8S.resolve(folder));
    }

    /** @param folder of a kustomization, anywhere */
    static List<Manifest> render(Path folder) {
        return RENDERED.computeIfAbsent(folder, Kubectl::kustomize);
    }

    private static List<Manifest> kustomize(Path folder) {
        try {
            var errors = Files.createTempFile("kustomize", ".err");
            var kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(errors.toFile())
                    .start();
            var yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(kubectl.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(errors))
                    .as("what kubectl kustomize complains of")
                    .isEmpty();
            Files.delete(errors);
            return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                    .map(document -> new Manifest(JSON.valueToTree(document)))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
