package dev.breakwater.e2e.refusals;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.WithSuite;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Addresses and queries as no well-behaved client would send them, byte by byte. */
@WithSuite
class AddressesTest {

    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ?[^\\r]*\\r\\n");

    private final Shop shop;

    AddressesTest(Shop shop) {
        this.shop = shop;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "SKU%00",
                "SKU-000001%0a",
                "SKU-000001%0D%0A",
                "%09",
                "SKU%7f",
                "..%2forders",
                "%2e%2e%2f%2e%2e%2fetc",
                "..%5corders",
                "a%2fb",
                "a%252fb",
                "a;b",
                "a;jsessionid=1",
                "%",
                "%zz",
                "%c0%ae",
                "%E2%80%AE",
                "SKU%20000001",
                "SKU\t1",
                "SKU\u00001",
                "SKU\u0001",
                "SKU\u007f",
                "SKU\"1",
                "SKU<1>",
                "SKU'%20or%201=1",
                "SKU^1",
                "SKU|1",
                "S%C3%9CKU",
                "\u00fc",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "..",
                "../orders",
                "./SKU-000001",
                "/SKU-000001",
            })
    void a_sku_that_is_none_is_malformed(String sku) throws IOException {
        for (var path : new String[] {"/api/v1/products/" + sku, "/api/v1/products/" + sku + "/stock"}) {
            var answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + shop.admin().token() + "\r\nConnection: close\r\n\r\n");

            assertProblem(answer, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /api/v1/products/SKU-000001 HTTP/1.1\r\n\r\n",
                "GET /api/v1/products/SKU-000001 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "POST /demo/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /demo/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            })
    void a_request_that_is_no_http_is_malformed(String request) throws IOException {
        assertProblem(raw(request), 400);
    }

    @Test
    void a_head_of_many_kilobytes_is_refused_as_a_problem() throws IOException {
        var answer = raw("GET /api/v1/products/SKU-000001 HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(100_000)
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 4"), "refused");
        assertThat(answer).doesNotContain("<html").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders?limit=0",
                "orders?limit=101",
                "orders?limit=-1",
                "orders?limit=ten",
                "orders?limit=1.5",
                "orders?limit=",
                "orders?limit=99999999999999999999",
                "products?limit=0",
                "products?limit=1e1",
                "products?category=",
            })
    void a_query_outside_its_bounds_names_its_parameter(String call) {
        var answer = shop.newCustomer().get(call).expectProblem(400, "invalid_request");

        assertThat(answer.fieldErrors()).containsOnlyKeys(call.contains("limit") ? "limit" : "category");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders?cursor=nonsense",
                "orders?cursor=",
                "products?cursor=%00",
                "products?cursor=Li4vLi4",
                "orders?cursor=AAAA"
            })
    void a_cursor_that_nobody_gave_out_is_invalid(String call) {
        shop.newCustomer().get(call).expectProblem(400, "invalid_cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders/1", "orders/not-a-uuid", "payments/1", "payments/1-1-1-1-1"})
    void an_order_id_that_is_no_uuid_is_malformed(String call) {
        var answer = shop.newCustomer().get(call);

        answer.expectProblem(400, answer.text("code"));
    }

    @Test
    void the_wrong_method_is_told_which_are_right() throws IOException {
        var answer = shop.admin().send("products/SKU-000001", HttpRequest.Builder::DELETE);

        answer.expectProblem(405, "method_not_allowed");
        assertThat(answer.header("Allow")).contains("GET").contains("PUT");
        shop.newCustomer().send("orders", HttpRequest.Builder::DELETE).expectProblem(405, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/v1",
                "/api/v1/nothing",
                "/api/v2/orders",
                "/api/v1/orders/",
                "/api/v1/Orders",
                "/internal/ledger",
                "/api/v1/internal/ledger",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/error",
                "/eureka/apps",
                "/config",
                "/index.html",
                "/favicon.ico",
                "/api/v1/products/SKU-000001/price",
            })
    void what_the_contract_does_not_know_is_not_found(String path) {
        shop.withToken(shop.token("e2e-both", "customer", "admin")).get(path).expectProblem(404, "not_found");
    }

    private void assertProblem(String answer, int status) {
        var found = STATUS.matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        assertThat(found.group(1)).as(answer).isEqualTo(Integer.toString(status));
        var headers = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        assertThat(headers).contains("content-type: application/problem+json").contains("x-response-time: ");
        var from = answer.indexOf('{');
        var problem = JsonMapper.shared().readTree(answer.substring(from, answer.lastIndexOf('}') + 1));
        assertThat(problem.path("status").asInt(0)).isEqualTo(status);
        assertThat(problem.path("code").asString("")).isIn("malformed_request", "invalid_sku");
        assertThat(headers).contains("x-trace-id: " + problem.path("traceId").asString("none"));
    }

    /** The answer as it came over the wire, until the server closes or has answered. */
    private String raw(String request) throws IOException {
        var gateway = shop.gateway();
        try (var socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
