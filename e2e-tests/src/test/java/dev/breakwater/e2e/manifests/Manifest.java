package dev.breakwater.e2e.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One object as it would be sent to the API server. */
record Manifest(JsonNode tree) {

    /**
     * A container, and those who have it.
     *
     * @param isFirst it has ended before the others begin
     */
    record Container(Manifest of, JsonNode tree, boolean isFirst) {

        String name() {
            return tree.path("name").asString();
        }

        String image() {
            return tree.path("image").asString();
        }

        @Override
        public String toString() {
            return "container " + name() + " of " + of;
        }
    }

    String apiVersion() {
        return tree.path("apiVersion").asString();
    }

    String kind() {
        return tree.path("kind").asString();
    }

    String name() {
        return tree.at("/metadata/name").asString();
    }

    boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** Missing if it has no pods. */
    JsonNode podTemplate() {
        return tree.at(kind().equals("CronJob") ? "/spec/jobTemplate/spec/template" : "/spec/template");
    }

    /** Runs until it is stopped, unlike a job. */
    boolean isServing() {
        return kind().equals("Deployment") || kind().equals("StatefulSet");
    }

    List<Container> containers() {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> elements(podTemplate().at("/spec/" + list)).stream()
                        .map(container -> new Container(this, container, list.equals("initContainers"))))
                .toList();
    }

    Map<String, String> podLabels() {
        return strings(podTemplate().at("/metadata/labels"));
    }

    /** Of a Service, a budget or a policy; the last two select by match labels and expressions. */
    boolean selects(Map<String, String> labels) {
        var selector = switch (kind()) {
            case "Service" -> Map.of("matchLabels", at("/spec/selector"));
            case "NetworkPolicy" -> children(at("/spec/podSelector"));
            default -> children(at("/spec/selector"));
        };
        return selector.entrySet().stream().allMatch(part -> switch (part.getKey()) {
            case "matchLabels" ->
                strings(part.getValue()).entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
            case "matchExpressions" ->
                elements(part.getValue()).stream()
                        .allMatch(wanted -> elements(wanted.path("values")).stream()
                                .anyMatch(value -> value.asString()
                                        .equals(labels.get(wanted.path("key").asString()))));
            default -> throw new AssertionError("unknown selector " + part.getKey());
        });
    }

    static List<JsonNode> elements(JsonNode list) {
        var all = new ArrayList<JsonNode>();
        list.forEach(all::add);
        return all;
    }

    static Map<String, JsonNode> children(JsonNode tree) {
        var all = new TreeMap<String, JsonNode>();
        tree.properties().forEach(child -> all.put(child.getKey(), child.getValue()));
        return all;
    }

    static Map<String, String> strings(JsonNode tree) {
        var all = new TreeMap<String, String>();
        tree.properties()
                .forEach(child -> all.put(child.getKey(), child.getValue().asString()));
        return all;
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
