package dev.breakwater.e2e.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** YAML as trees, with its anchors and merges resolved. */
final class Yaml {

    private Yaml() {}

    static List<JsonNode> documents(Path file) throws IOException {
        var yaml = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()));
        try (var in = Files.newInputStream(file)) {
            return StreamSupport.stream(yaml.loadAll(in).spliterator(), false)
                    .<JsonNode>map(document -> JsonMapper.shared().valueToTree(document))
                    .toList();
        }
    }
}
