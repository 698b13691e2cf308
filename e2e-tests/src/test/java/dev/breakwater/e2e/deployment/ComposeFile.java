package dev.breakwater.e2e.deployment;

import dev.breakwater.e2e.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * {@code docker-compose.yml}, with what it takes from {@code .env}.
 *
 * @param variables of {@code .env}, in its order
 */
record ComposeFile(JsonNode root, Map<String, String> variables) {

    private static final Pattern ASSIGNMENT = Pattern.compile("^([A-Z_]+)=(.*)$", Pattern.MULTILINE);

    static ComposeFile read() throws IOException {
        var variables = new LinkedHashMap<String, String>();
        var assignment = ASSIGNMENT.matcher(Files.readString(Suite.repository().resolve(".env")));
        while (assignment.find()) {
            variables.put(assignment.group(1), assignment.group(2));
        }
        return new ComposeFile(
                Yaml.documents(Suite.repository().resolve("docker-compose.yml")).getFirst(), variables);
    }

    Map<String, JsonNode> services() {
        var services = new LinkedHashMap<String, JsonNode>();
        root.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }

    /** Those made of this repository, by name; each is a module's folder, too. */
    Map<String, JsonNode> ours() {
        var ours = services();
        ours.values().removeIf(service -> service.path("build").isMissingNode());
        return ours;
    }

    /** Those that start without a profile. */
    Map<String, JsonNode> usual() {
        var usual = services();
        usual.values().removeIf(service -> !service.path("profiles").isMissingNode());
        return usual;
    }

    static int instances(JsonNode service) {
        return service.at("/deploy/replicas").asInt(1);
    }

    /** In MiB; 0 without any. */
    static int memory(JsonNode service) {
        var limit = service.at("/deploy/resources/limits/memory").asString("0m");
        if (!limit.endsWith("m")) {
            throw new IllegalStateException("a memory limit in another unit than m: " + limit);
        }
        return Integer.parseInt(limit.substring(0, limit.length() - 1));
    }

    /** The condition under which a service is waited for, by name. */
    static Map<String, String> waitsFor(JsonNode service) {
        var conditions = new LinkedHashMap<String, String>();
        service.path("depends_on")
                .properties()
                .forEach(need -> conditions.put(
                        need.getKey(), need.getValue().path("condition").asString("")));
        return conditions;
    }
}
