package dev.breakwater.e2e.contract;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.breakwater.e2e.suite.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The OpenAPI 3.1 document that the gateway serves, whose schemas are JSON Schema 2020-12. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    ApiDocument(JsonNode document) {
        this.document = document;
    }

    record Operation(String method, String path) {}

    Set<Operation> operations() {
        var operations = new LinkedHashSet<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method ->
                                operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
        return operations;
    }

    /** What in the answer is not as documented, in words. */
    List<String> disagreements(Operation operation, Answer answer) {
        var what = operation.method() + " " + operation.path() + " answering " + answer.status();
        var response = resolved(document.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(answer.status())));
        if (response.isMissingNode()) {
            return List.of(what + " is not documented: " + answer.text());
        }
        var found = new ArrayList<String>();
        headers(response, answer).forEach(each -> found.add(what + ": " + each));
        body(response, answer).forEach(each -> found.add(what + ": " + each));
        return found;
    }

    private List<String> headers(JsonNode response, Answer answer) {
        var found = new ArrayList<String>();
        response.path("headers").properties().forEach(entry -> {
            var header = resolved(entry.getValue());
            var value = answer.headers().firstValue(entry.getKey());
            if (value.isEmpty()) {
                if (header.path("required").asBoolean(false)) {
                    found.add("the header " + entry.getKey() + " is missing");
                }
                return;
            }
            var text = StringNode.valueOf(value.get());
            errors(header.path("schema"), text).forEach(error -> found.add(entry.getKey() + " " + error));
        });
        return found;
    }

    private List<String> body(JsonNode response, Answer answer) {
        var contents = response.path("content");
        if (contents.isEmpty()) {
            return answer.text().isEmpty() ? List.of() : List.of("a body where none is documented");
        }
        var type = answer.header("Content-Type").replaceAll(";.*", "");
        var media = contents.path(type);
        return media.isMissingNode()
                ? List.of("the media type " + type + " is not documented")
                : errors(
                        media.path("schema"),
                        type.endsWith("json") ? answer.json() : StringNode.valueOf(answer.text()));
    }

    private List<String> errors(JsonNode schema, JsonNode value) {
        // References within the document stay good when the components come along.
        var whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.path("components"));
        return schemas.getSchema(whole).validate(value).stream()
                .map(error -> error + " in " + value)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
