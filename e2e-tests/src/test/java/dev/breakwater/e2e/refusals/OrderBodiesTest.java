package dev.breakwater.e2e.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.WithSuite;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no order. The customer's list stays empty after each, and the ledger's count after all of them. */
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderBodiesTest {

    private static final String METHOD = "\"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}";
    private static final String ITEMS = "\"items\": [{\"sku\": \"SKU-000001\", \"quantity\": 1}]";

    private final Shop shop;
    private final Caller customer;
    private long acceptedBefore;

    OrderBodiesTest(Shop shop) {
        this.shop = shop;
        this.customer = shop.newCustomer();
    }

    @BeforeAll
    void count() {
        acceptedBefore = shop.awaitQuiet().at("/orders/accepted").asLong(-1);
    }

    @AfterAll
    void nothing_was_accepted() {
        assertThat(shop.awaitQuiet().at("/orders/accepted").asLong(-2)).isEqualTo(acceptedBefore);
    }

    static Stream<Arguments> not_json() {
        return Stream.of(
                Arguments.of("an empty text", "", "malformed_request"),
                Arguments.of("white space", " \n", "malformed_json"),
                Arguments.of("a word", "hello", "malformed_json"),
                Arguments.of("XML", "<order/>", "malformed_json"),
                Arguments.of("a form", "sku=SKU-000001&quantity=1", "malformed_json"),
                Arguments.of("half an object", "{" + ITEMS, "malformed_json"),
                Arguments.of("an object and more", "{" + ITEMS + "," + METHOD + "} {}", "malformed_json"),
                Arguments.of("a field named twice", "{" + ITEMS + "," + ITEMS + "," + METHOD + "}", "malformed_json"),
                Arguments.of("an array", "[]", "malformed_json"),
                Arguments.of("a number", "7", "malformed_json"),
                Arguments.of("a string", "\"order\"", "malformed_json"),
                Arguments.of("arrays in arrays", "[".repeat(10_000), "malformed_json"),
                Arguments.of("arrays in arrays, closed", "[".repeat(500) + "]".repeat(500), "malformed_json"),
                Arguments.of(
                        "objects in objects in a field",
                        "{\"items\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(500) + "}",
                        null),
                Arguments.of("a comment", "{/* */" + ITEMS + "," + METHOD + "}", "malformed_json"),
                Arguments.of(
                        "a number as long as a page",
                        items("{\"sku\":\"SKU-000001\",\"quantity\":" + "9".repeat(4_000) + "}"),
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void not_json(String what, String body, @Nullable String code) {
        var answer = customer.post("orders", "wrong", body);

        // Where deep or long input stops the parser inside a known field, the answer may name that field.
        answer.expectProblem(400, code == null ? answer.text("code") : code);
        assertThat(answer.text("code")).as(what).isIn("malformed_json", "malformed_request", "invalid_request");
        assertNoOrder();
    }

    @Test
    void a_missing_body_is_malformed() {
        sent("application/json", BodyPublishers.noBody()).expectProblem(400, "malformed_request");
        assertNoOrder();
    }

    @Test
    void bytes_that_are_no_utf8_are_malformed() {
        sent("application/json", BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"'}))
                .expectProblem(400, "malformed_json");
        assertNoOrder();
    }

    @Test
    void ten_megabytes_are_too_large_whether_their_length_is_announced_or_not() {
        var body = ("{\"items\": [" + " ".repeat(10 * 1024 * 1024) + "]}").getBytes(StandardCharsets.UTF_8);

        sent("application/json", BodyPublishers.ofByteArray(body)).expectProblem(413, "body_too_large");
        sent("application/json", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .expectProblem(413, "body_too_large");
        assertNoOrder();
    }

    @Test
    void a_body_just_over_the_limit_is_too_large_and_one_just_below_is_read() {
        var limit = 64 * 1024;
        var shortest = "{\"items\": []," + METHOD + "}";

        customer.post("orders", "wrong", shortest + " ".repeat(limit - shortest.length()))
                .expectProblem(400, "invalid_request");
        customer.post("orders", "wrong", shortest + " ".repeat(limit - shortest.length() + 1))
                .expectProblem(413, "body_too_large");
        assertNoOrder();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void another_media_type_is_unsupported(String type) {
        sent(type, BodyPublishers.ofString(Caller.order("SKU-000001", 1, "tok_ok")))
                .expectProblem(415, "unsupported_media_type");
        assertNoOrder();
    }

    @Test
    void an_answer_other_than_json_is_not_to_be_had() {
        customer.send("orders", request -> request.header("Accept", "text/html").GET())
                .expectProblem(406, "not_acceptable");
    }

    static Stream<Arguments> outside_the_schema() {
        return Stream.of(
                wrong("nothing in it", "{}", "items"),
                wrong("no items", "{" + METHOD + "}", "items"),
                wrong("items null", "{\"items\": null," + METHOD + "}", "items"),
                wrong("items empty", items(""), "items"),
                wrong("items a text", "{\"items\": \"SKU-000001\"," + METHOD + "}", "items"),
                wrong("items an empty text", "{\"items\": \"\"," + METHOD + "}", "items"),
                wrong("items an object", "{\"items\": {}," + METHOD + "}", "items"),
                wrong("an item null", items("null"), "items[0]"),
                wrong("an item a number", items("7"), "items[0]"),
                wrong("51 items", items(different(51)), "items"),
                wrong(
                        "a SKU named twice",
                        items(item("\"SKU-000001\"", "1") + "," + item("\"SKU-000001\"", "2")),
                        "items[1].sku"),
                wrong("no SKU", items("{\"quantity\": 1}"), "items[0].sku"),
                wrong("SKU null", items(item("null", "1")), "items[0].sku"),
                wrong("SKU empty", items(item("\"\"", "1")), "items[0].sku"),
                wrong("SKU a number", items(item("7", "1")), "items[0].sku"),
                wrong("SKU of 41 characters", items(item("\"" + "A".repeat(41) + "\"", "1")), "items[0].sku"),
                wrong("SKU with a path", items(item("\"../orders\"", "1")), "items[0].sku"),
                wrong("SKU with a slash", items(item("\"a/b\"", "1")), "items[0].sku"),
                wrong("SKU with a space", items(item("\"SKU 1\"", "1")), "items[0].sku"),
                wrong("SKU with a zero byte", items(item("\"SKU-000001\\u0000\"", "1")), "items[0].sku"),
                wrong("SKU with a line break at its end", items(item("\"SKU-000001\\n\"", "1")), "items[0].sku"),
                wrong("SKU with a quote", items(item("\"SKU' OR '1'='1\"", "1")), "items[0].sku"),
                wrong("SKU in another script", items(item("\"ＳＫＵ－１\"", "1")), "items[0].sku"),
                wrong("no quantity", items("{\"sku\": \"SKU-000001\"}"), "items[0].quantity"),
                wrong("quantity null", items(item("\"SKU-000001\"", "null")), "items[0].quantity"),
                wrong("quantity 0", items(item("\"SKU-000001\"", "0")), "items[0].quantity"),
                wrong("quantity -1", items(item("\"SKU-000001\"", "-1")), "items[0].quantity"),
                wrong("quantity 100", items(item("\"SKU-000001\"", "100")), "items[0].quantity"),
                wrong("quantity 1.5", items(item("\"SKU-000001\"", "1.5")), "items[0].quantity"),
                wrong("quantity 1.0", items(item("\"SKU-000001\"", "1.0")), "items[0].quantity"),
                wrong("quantity 1e0", items(item("\"SKU-000001\"", "1e0")), "items[0].quantity"),
                wrong("quantity 1e999", items(item("\"SKU-000001\"", "1e999")), "items[0].quantity"),
                wrong("quantity a text", items(item("\"SKU-000001\"", "\"1\"")), "items[0].quantity"),
                wrong("quantity true", items(item("\"SKU-000001\"", "true")), "items[0].quantity"),
                wrong("quantity a list", items(item("\"SKU-000001\"", "[1]")), "items[0].quantity"),
                wrong(
                        "a price of one's own",
                        items("{\"sku\": \"SKU-000001\", \"quantity\": 1, \"unitPriceMinor\": 1}"),
                        "items[0].unitPriceMinor"),
                wrong("no payment method", "{" + ITEMS + "}", "paymentMethod"),
                wrong("payment method null", "{" + ITEMS + ", \"paymentMethod\": null}", "paymentMethod"),
                wrong("payment method a text", "{" + ITEMS + ", \"paymentMethod\": \"tok_ok\"}", "paymentMethod"),
                wrong(
                        "another type",
                        "{" + ITEMS + ", \"paymentMethod\": {\"type\": \"cash\", \"token\": \"tok_ok\"}}",
                        "paymentMethod.type"),
                wrong("no token", "{" + ITEMS + ", \"paymentMethod\": {\"type\": \"card\"}}", "paymentMethod.token"),
                wrong(
                        "token empty",
                        "{" + ITEMS + ", \"paymentMethod\": {\"type\": \"card\", \"token\": \"\"}}",
                        "paymentMethod.token"),
                wrong(
                        "token a number",
                        "{" + ITEMS + ", \"paymentMethod\": {\"type\": \"card\", \"token\": 1}}",
                        "paymentMethod.token"),
                wrong(
                        "token of 65",
                        "{" + ITEMS + ", \"paymentMethod\": {\"type\": \"card\", \"token\": \"" + "t".repeat(65)
                                + "\"}}",
                        "paymentMethod.token"),
                wrong("an unknown field", "{" + ITEMS + "," + METHOD + ", \"coupon\": \"free\"}", "coupon"),
                wrong("another customer named", "{" + ITEMS + "," + METHOD + ", \"customer\": \"alice\"}", "customer"),
                wrong(
                        "an id of one's own",
                        "{" + ITEMS + "," + METHOD + ", \"id\": \"00000000-0000-7000-8000-000000000000\"}",
                        "id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void outside_the_schema(String what, String body, String field) {
        var answer = customer.post("orders", "wrong", body).expectProblem(400, "invalid_request");

        assertThat(answer.fieldErrors()).as(what + ": " + answer.text()).containsKey(field);
        assertNoOrder();
    }

    /** Past what the parser counts with; which of the two codes it is says nothing to a client. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "4294967297", "-2147483649", "9223372036854775808", "1e999"})
    void a_quantity_beyond_all_counting_is_refused(String quantity) {
        var answer = customer.post("orders", "wrong", items(item("\"SKU-000001\"", quantity)));

        answer.expectProblem(400, answer.text("code"));
        assertThat(answer.text("code")).isIn("invalid_request", "malformed_json");
        assertNoOrder();
    }

    @Test
    void an_unknown_sku_is_a_request_that_cannot_be_processed() {
        var answer = customer.post("orders", "wrong", Caller.order("SKU-999999", 1, "tok_ok"));

        answer.expectProblem(422, "unknown_sku");
        assertThat(answer.text("detail")).contains("SKU-999999");
        assertNoOrder();
    }

    @Test
    void products_of_two_currencies_are_no_order() {
        var dollars = "E2E-USD-" + System.nanoTime();
        shop.admin()
                .put(
                        "products/" + dollars,
                        "{\"name\": \"Lamp\", \"description\": \"\", \"category\": \"e2e\", \"priceMinor\": 1, \"currency\": \"USD\"}")
                .expect(201);

        customer.post("orders", "wrong", items(item("\"SKU-000001\"", "1") + "," + item("\"" + dollars + "\"", "1")))
                .expectProblem(422, "mixed_currencies");
        assertNoOrder();
    }

    @Test
    void a_key_that_is_missing_or_no_key_is_named_as_such() {
        var body = Caller.order("SKU-000001", 1, "tok_ok");

        sent("application/json", BodyPublishers.ofString(body), "").expectProblem(400, "idempotency_key_missing");
        for (var key : new String[] {"a b", "a/b", "k".repeat(65), "schlüssel", "a,b"}) {
            sent("application/json", BodyPublishers.ofString(body), key).expectProblem(400, "idempotency_key_invalid");
        }
        assertNoOrder();
    }

    @Test
    void a_key_sent_twice_in_one_request_is_no_key() {
        customer.send(
                        "orders",
                        request -> request.header("Content-Type", "application/json")
                                .header("Idempotency-Key", "one")
                                .header("Idempotency-Key", "two")
                                .POST(BodyPublishers.ofString(Caller.order("SKU-000001", 1, "tok_ok"))))
                .expectProblem(400, "idempotency_key_invalid");
        assertNoOrder();
    }

    private Answer sent(String type, BodyPublisher body) {
        return sent(type, body, "wrong");
    }

    private Answer sent(String type, BodyPublisher body, String key) {
        return customer.send("orders", request -> {
            request.header("Content-Type", type).POST(body);
            return key.isEmpty() ? request : request.header("Idempotency-Key", key);
        });
    }

    private void assertNoOrder() {
        assertThat(customer.get("orders").expect(200).json().path("items")).isEmpty();
    }

    private static Arguments wrong(String what, String body, String field) {
        return Arguments.of(what, body, field);
    }

    private static String items(String items) {
        return "{\"items\": [" + items + "]," + METHOD + "}";
    }

    private static String item(String sku, String quantity) {
        return "{\"sku\": " + sku + ", \"quantity\": " + quantity + "}";
    }

    private static String different(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> item("\"SKU-%06d\"".formatted(number), "1"))
                .collect(Collectors.joining(","));
    }
}
