package dev.breakwater.e2e.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Shop.Stock;
import dev.breakwater.e2e.suite.WithSuite;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no product and no change of stock. */
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductBodiesTest {

    private final Shop shop;
    private final String sku;

    ProductBodiesTest(Shop shop) {
        this.shop = shop;
        this.sku = shop.newProduct(10);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    name        | null
                    name        | ""
                    name        | " "
                    name        | 7
                    name        | "a\\u0000b"
                    description | null
                    description | []
                    category    | ""
                    category    | "a\\nb"
                    priceMinor  | null
                    priceMinor  | -1
                    priceMinor  | 1.5
                    priceMinor  | 1e3
                    priceMinor  | "100"
                    priceMinor  | 1000000000001
                    currency    | null
                    currency    | "cny"
                    currency    | "YUAN"
                    currency    | "ZZZ"
                    version     | 9
                    sku         | "other"
                    availability| "IN_STOCK"
                    """)
    void a_draft_with_a_wrong_field_names_it_and_changes_nothing(String field, String value) {
        var before = shop.anonymous().get("products/" + sku).expect(200).text();
        var fields = new LinkedHashMap<String, String>();
        fields.put("name", "\"Lamp\"");
        fields.put("description", "\"\"");
        fields.put("category", "\"e2e\"");
        fields.put("priceMinor", "100");
        fields.put("currency", "\"CNY\"");
        fields.put(field, value);
        var body = fields.entrySet().stream()
                .map(entry -> "\"%s\": %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));

        var answer = shop.admin().put("products/" + sku, body).expectProblem(400, "invalid_request");

        assertThat(answer.fieldErrors()).as(answer.text()).containsKey(field);
        assertThat(shop.anonymous().get("products/" + sku).expect(200).text()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delta\": 0, \"reason\": \"x\"}",
                "{\"delta\": 1.5, \"reason\": \"x\"}",
                "{\"delta\": \"1\", \"reason\": \"x\"}",
                "{\"delta\": null, \"reason\": \"x\"}",
                "{\"reason\": \"x\"}",
                "{\"delta\": 1}",
                "{\"delta\": 1, \"reason\": \"\"}",
                "{\"delta\": 1, \"reason\": null}",
                "{\"delta\": 1, \"reason\": 7}",
                "{\"delta\": 1, \"reason\": \"x\", \"sku\": \"y\"}",
                "{\"delta\": 9223372036854775807, \"reason\": \"x\"}",
                "{\"delta\": -9223372036854775808, \"reason\": \"x\"}",
                "{\"delta\": 1, \"reason\": \"a\\u0007b\"}",
            })
    void a_change_of_stock_that_is_none_moves_nothing(String body) {
        shop.admin()
                .post("products/" + sku + "/stock", UUID.randomUUID().toString(), body)
                .expectProblem(400, "invalid_request");
        assertThat(shop.stock(sku)).isEqualTo(new Stock(10, 0, 10));
    }

    @Test
    void stock_without_a_key_without_a_body_or_of_no_product_does_not_move() {
        var admin = shop.admin();
        var body = "{\"delta\": 1, \"reason\": \"x\"}";

        admin.send(
                        "products/" + sku + "/stock",
                        request -> request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                .expectProblem(400, "idempotency_key_missing");
        admin.post("products/" + sku + "/stock", "a b", body).expectProblem(400, "idempotency_key_invalid");
        admin.post("products/" + sku + "/stock", "key", "").expectProblem(400, "malformed_request");
        admin.post("products/" + sku + "/stock", "key", "{").expectProblem(400, "malformed_json");
        admin.post("products/SKU-999999/stock", "key", body).expectProblem(404, "product_not_found");
        admin.get("products/SKU-999999/stock").expectProblem(404, "product_not_found");
        shop.anonymous().get("products/SKU-999999").expectProblem(404, "product_not_found");
        admin.send(
                        "products/" + sku,
                        request -> request.header("Content-Type", "text/plain").PUT(BodyPublishers.ofString("x")))
                .expectProblem(415, "unsupported_media_type");
        admin.send(
                        "products/" + sku,
                        request -> request.header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofByteArray(new byte[100_000])))
                .expectProblem(413, "body_too_large");

        assertThat(shop.stock(sku)).isEqualTo(new Stock(10, 0, 10));
    }
}
