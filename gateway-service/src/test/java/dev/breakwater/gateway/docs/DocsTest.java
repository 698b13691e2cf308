package dev.breakwater.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocsTest extends GatewayUnderTest {

    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @Test
    void the_page_loads_with_everything_it_names_and_nothing_from_elsewhere() {
        var redirect = send(request("/docs"));
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).contains("/docs/index.html");

        var page = send(request("/docs/index.html"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        var assets = new ArrayList<String>();
        var matcher = ASSET.matcher(page.body());
        while (matcher.find()) {
            assets.add(matcher.group(1));
        }
        assertThat(assets).anyMatch(asset -> asset.endsWith("swagger-ui-bundle.js"));
        assertThat(assets).allSatisfy(asset -> {
            assertThat(asset).doesNotContain("//").doesNotStartWith("/");
            assertThat(send(request(URI.create("/docs/").resolve(asset).toString()))
                            .statusCode())
                    .isEqualTo(200);
        });
        assertThat(send(request("/docs/swagger-initializer.js")).body())
                .contains("../v3/api-docs")
                .doesNotContain("petstore");
    }

    @Test
    void a_page_that_is_not_there_is_a_problem() {
        var answer = send(request("/docs/nothing.html"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void the_contract_is_served_as_openapi_3_1_and_all_its_references_lead_somewhere() {
        var answer = send(request("/v3/api-docs"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var document = JsonMapper.shared().readTree(answer.body());
        assertThat(document.get("openapi").stringValue()).startsWith("3.1.");
        assertThat(document.get("paths").propertyNames())
                .contains(
                        "/api/v1/products/{sku}",
                        "/api/v1/orders",
                        "/api/v1/orders/{id}/overview",
                        "/api/v1/audit",
                        "/demo/token");
        var references = new ArrayList<String>();
        collect(document, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void every_object_of_the_contract_is_closed_and_every_call_says_how_it_fails() {
        var document =
                JsonMapper.shared().readTree(send(request("/v3/api-docs")).body());

        for (var schema : document.at("/components/schemas").properties()) {
            if ("object".equals(schema.getValue().path("type").stringValue(""))) {
                assertThat(schema.getValue().path("additionalProperties").booleanValue(true))
                        .as(schema.getKey())
                        .isFalse();
            }
        }
        for (var path : document.get("paths").properties()) {
            for (var call : path.getValue().properties()) {
                if (call.getValue().has("operationId") && path.getKey().startsWith("/api")) {
                    assertThat(call.getValue().get("responses").propertyNames())
                            .as(call.getKey() + " " + path.getKey())
                            .contains("400", "429", "503", "504");
                }
            }
        }
    }

    private static void collect(JsonNode node, ArrayList<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").stringValue());
        }
        node.forEach(child -> collect(child, references));
    }
}
