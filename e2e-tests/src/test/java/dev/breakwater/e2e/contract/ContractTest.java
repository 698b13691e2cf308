package dev.breakwater.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.contract.ApiDocument.Operation;
import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.WithSuite;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

    private static final String NOBODYS = "00000000-0000-7000-8000-000000000000";
    private static final String DRAFT =
            "{\"name\": \"Lamp\", \"description\": \"\", \"category\": \"e2e\", \"priceMinor\": 100, \"currency\": \"CNY\"}";

    private final Shop shop;
    private final ApiDocument api;
    private final List<String> disagreements = new ArrayList<>();
    private final Set<Operation> compared = new HashSet<>();

    ContractTest(Shop shop) {
        this.shop = shop;
        this.api =
                new ApiDocument(shop.anonymous().get("/v3/api-docs").expect(200).json());
    }

    @Test
    void what_is_answered_is_what_is_documented() {
        products();
        orders();
        flashSales();
        rest();

        assertThat(disagreements).isEmpty();
        assertThat(compared).containsExactlyInAnyOrderElementsOf(api.operations());
    }

    @Test
    void what_is_documented_exists() {
        var missing = new TreeSet<String>();
        for (var operation : api.operations()) {
            var answer = called(operation.method(), operation.path());
            if (answer.status() == 405
                    || (answer.status() == 404 && answer.text("code").equals("not_found"))) {
                missing.add(operation + " answers " + answer.text());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void a_method_that_is_not_documented_is_not_allowed() {
        var open = new TreeSet<String>();
        for (var path :
                api.operations().stream().map(Operation::path).distinct().toList()) {
            for (var method : new String[] {"GET", "PUT", "POST", "DELETE", "PATCH"}) {
                if (api.operations().contains(new Operation(method, path))) {
                    continue;
                }
                var answer = called(method, path);
                if (answer.status() != 405 || answer.header("Allow").isEmpty()) {
                    open.add(method + " " + path + " answers " + answer.status() + " " + answer.text());
                }
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void the_document_can_be_read_by_people_too() {
        var page = shop.anonymous().send("/docs", request -> request.GET());

        assertThat(page.status()).isIn(200, 301, 302, 303, 307, 308);
    }

    private void products() {
        var admin = shop.admin();
        var anonymous = shop.anonymous();
        var sku = "E2E-" + UUID.randomUUID();
        var product = new Operation("PUT", "/api/v1/products/{sku}");
        compare(product, admin.put("products/" + sku, DRAFT), 201);
        compare(product, admin.put("products/" + sku, DRAFT), 200);
        compare(product, admin.put("products/" + sku, "{}"), 400);
        compare(product, anonymous.put("products/" + sku, DRAFT), 401);
        compare(product, shop.newCustomer().put("products/" + sku, DRAFT), 403);
        compare(product, admin.put("products/" + sku, " ".repeat(70_000)), 413);
        compare(
                product,
                admin.send(
                        "products/" + sku,
                        request -> request.header("Content-Type", "text/plain").PUT(BodyPublishers.ofString(DRAFT))),
                415);

        var read = new Operation("GET", "/api/v1/products/{sku}");
        var page = compare(read, anonymous.get("products/" + sku), 200);
        compare(
                read,
                anonymous.send(
                        "products/" + sku,
                        request -> request.header("If-None-Match", page.header("ETag"))
                                .GET()),
                304);
        compare(read, anonymous.get("products/SKU-999999"), 404);
        compare(read, anonymous.get("products/" + "A".repeat(41)), 400);
        compare(
                read,
                anonymous.send(
                        "products/" + sku,
                        request -> request.header("Accept", "text/html").GET()),
                406);

        var list = new Operation("GET", "/api/v1/products");
        compare(list, anonymous.get("products?limit=3"), 200);
        compare(list, anonymous.get("products?category=nothing-of-this-kind"), 200);
        compare(list, anonymous.get("products?limit=1000"), 400);

        var move = new Operation("POST", "/api/v1/products/{sku}/stock");
        compare(move, admin.post("products/" + sku + "/stock", sku, "{\"delta\": 5, \"reason\": \"delivery\"}"), 200);
        compare(move, admin.post("products/" + sku + "/stock", sku, "{\"delta\": 5, \"reason\": \"delivery\"}"), 200);
        compare(move, admin.post("products/" + sku + "/stock", sku, "{\"delta\": 6, \"reason\": \"delivery\"}"), 422);
        compare(move, admin.post("products/" + sku + "/stock", "x", "{\"delta\": 0, \"reason\": \"delivery\"}"), 400);
        compare(move, admin.post("products/SKU-999999/stock", "x", "{\"delta\": 5, \"reason\": \"delivery\"}"), 404);
        compare(move, anonymous.post("products/" + sku + "/stock", "x", "{}"), 401);
        compare(move, shop.newCustomer().post("products/" + sku + "/stock", "x", "{}"), 403);

        var stock = new Operation("GET", "/api/v1/products/{sku}/stock");
        compare(stock, admin.get("products/" + sku + "/stock"), 200);
        compare(stock, anonymous.get("products/" + sku + "/stock"), 401);
        compare(stock, admin.get("products/SKU-999999/stock"), 404);
    }

    private void orders() {
        var customer = shop.newCustomer();
        var place = new Operation("POST", "/api/v1/orders");
        var body = Caller.order(shop.newProduct(10), 1, "tok_ok");
        var id = compare(place, customer.post("orders", "key", body), 202).text("id");
        compare(place, customer.post("orders", "key", body), 202);
        compare(place, customer.post("orders", "key", Caller.order("SKU-000001", 1, "tok_ok")), 422);
        compare(place, customer.post("orders", "other", "{}"), 400);
        compare(place, customer.post("orders", "other", " ".repeat(70_000)), 413);
        compare(place, shop.anonymous().post("orders", "key", body), 401);
        compare(place, shop.admin().post("orders", "key", body), 403);
        compare(
                place,
                customer.send(
                        "orders",
                        request -> request.header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body))),
                415);
        shop.awaitStatus(customer, id, "CONFIRMED");

        var read = new Operation("GET", "/api/v1/orders/{id}");
        compare(read, customer.order(id), 200);
        compare(read, customer.order(NOBODYS), 404);
        compare(read, customer.order("no-uuid"), 400);

        var events = new Operation("GET", "/api/v1/orders/{id}/events");
        assertThat(compare(events, customer.get("orders/" + id + "/events"), 200)
                        .text())
                .contains("event:status", "\"status\":\"CONFIRMED\"");
        compare(events, customer.get("orders/" + NOBODYS + "/events"), 404);
        compare(events, customer.get("orders/no-uuid/events"), 400);
        compare(events, shop.anonymous().get("orders/" + id + "/events"), 401);
        compare(
                events,
                customer.send(
                        "orders/" + id + "/events",
                        request -> request.header("Accept", "application/json").GET()),
                406);

        var all = new Operation("GET", "/api/v1/orders/{id}/overview");
        var overview = compare(all, customer.get("orders/" + id + "/overview"), 200);
        assertThat(overview.json().path("partial").asBoolean(true)).isFalse();
        assertThat(overview.json().path("order")).isEqualTo(customer.order(id).json());
        assertThat(overview.json().path("payment"))
                .isEqualTo(customer.get("payments/" + id).json());
        assertThat(overview.json().path("products")).hasSize(1);
        compare(all, customer.get("orders/" + NOBODYS + "/overview"), 404);
        compare(all, customer.get("orders/no-uuid/overview"), 400);
        var list = new Operation("GET", "/api/v1/orders");
        compare(list, customer.get("orders"), 200);
        compare(list, shop.newCustomer().get("orders"), 200);
        compare(list, customer.get("orders?cursor=none"), 400);

        var payment = new Operation("GET", "/api/v1/payments/{orderId}");
        compare(payment, customer.get("payments/" + id), 200);
        compare(payment, customer.get("payments/" + NOBODYS), 404);
        compare(payment, customer.get("payments/no-uuid"), 400);

        var cancel = new Operation("POST", "/api/v1/orders/{id}/cancel");
        compare(cancel, customer.cancel(NOBODYS), 404);
        var rejected = placedOnceKnown(customer, shop.newProduct(0), "tok_ok");
        compare(read, shop.awaitFinal(customer, rejected), 200);
        compare(cancel, customer.cancel(rejected), 409);
        compare(cancel, customer.cancel(id), 202);
        var declined = placedOnceKnown(customer, shop.newProduct(1), "tok_declined");
        compare(read, shop.awaitFinal(customer, declined), 200);
        compare(payment, customer.get("payments/" + declined), 200);
    }

    /** A new product is unknown to an instance until that has heard of it, within a second. */
    private static String placedOnceKnown(Caller customer, String sku, String card) {
        return await().until(
                        () -> customer.place(sku, 1, card),
                        answer -> answer.status() != 422 || !answer.text("code").equals("unknown_sku"))
                .expect(202)
                .text("id");
    }

    private void flashSales() {
        var admin = shop.admin();
        var anonymous = shop.anonymous();
        var sku = shop.newProduct(10);
        var announce = new Operation("POST", "/api/v1/flash-sales");
        var id = compare(announce, admin.post("flash-sales", "", sale(sku, 6)), 201)
                .text("id");
        compare(announce, admin.post("flash-sales", "", sale(sku, 6)), 422);
        compare(announce, admin.post("flash-sales", "", sale(sku, 0)), 400);
        compare(announce, admin.post("flash-sales", "", sale("SKU-999999", 6)), 404);
        compare(announce, anonymous.post("flash-sales", "", sale(sku, 1)), 401);
        compare(announce, shop.newCustomer().post("flash-sales", "", sale(sku, 1)), 403);
        compare(announce, admin.post("flash-sales", "", " ".repeat(70_000)), 413);

        var read = new Operation("GET", "/api/v1/flash-sales/{id}");
        compare(read, decided(() -> anonymous.get("flash-sales/" + id)), 200);
        compare(read, anonymous.get("flash-sales/" + NOBODYS), 404);
        compare(read, anonymous.get("flash-sales/no-uuid"), 400);

        var buy = new Operation("POST", "/api/v1/flash-sales/{id}/orders");
        var customer = shop.newCustomer();
        var path = "flash-sales/" + id + "/orders";
        var bought = decided(() -> customer.post(path, "key", bargain(1)));
        compare(buy, bought, 202);
        compare(buy, decided(() -> customer.post(path, "key", bargain(1))), 202);
        compare(new Operation("GET", "/api/v1/orders/{id}"), customer.order(bought.text("id")), 200);
        compare(buy, decided(() -> customer.post(path, "key", bargain(2))), 422);
        compare(buy, decided(() -> customer.post(path, "other", bargain(1))), 409);
        compare(buy, customer.post(path, "other", bargain(0)), 400);
        compare(buy, customer.post(path, "no key", bargain(1)), 400);
        compare(buy, customer.post(path, "other", " ".repeat(70_000)), 413);
        compare(buy, decided(() -> customer.post("flash-sales/" + NOBODYS + "/orders", "other", bargain(1))), 404);
        compare(buy, anonymous.post(path, "key", bargain(1)), 401);
        compare(buy, admin.post(path, "key", bargain(1)), 403);
    }

    /** As the contract tells clients to: after a 503, again with the same key. */
    private static Answer decided(Callable<Answer> call) {
        return await().atMost(Duration.ofSeconds(60)).until(call, answer -> answer.status() != 503);
    }

    private static String bargain(int quantity) {
        return "{\"quantity\": %d, \"paymentMethod\": {\"type\": \"card\", \"token\": \"tok_ok\"}}".formatted(quantity);
    }

    private static String sale(String sku, int quantity) {
        return """
                {"sku": "%s", "priceMinor": 900, "currency": "CNY", "quantity": %d, "perCustomerLimit": 1,
                 "startsAt": "2026-01-01T00:00:00Z", "endsAt": "%s"}""".formatted(sku, quantity, Instant.now().plusSeconds(300));
    }

    private void rest() {
        var audit = new Operation("GET", "/api/v1/audit");
        compare(audit, shop.admin().get("audit"), 200);
        compare(audit, shop.newCustomer().get("audit"), 403);
        compare(audit, shop.anonymous().get("audit"), 401);

        var preheat = new Operation("POST", "/api/v1/admin/preheat");
        compare(preheat, shop.admin().post("admin/preheat"), 200);
        compare(preheat, shop.newCustomer().post("admin/preheat"), 403);
        compare(preheat, shop.anonymous().post("admin/preheat"), 401);

        var token = new Operation("POST", "/demo/token");
        compare(
                token,
                shop.anonymous().post("/demo/token", "unused", "{\"customer\": \"e2e\", \"roles\": [\"customer\"]}"),
                200);
        compare(token, shop.anonymous().post("/demo/token", "unused", "{}"), 400);
    }

    private Answer compare(Operation operation, Answer answer, int status) {
        if (answer.status() != status) {
            disagreements.add("%s answers %d, not %d: %s".formatted(operation, answer.status(), status, answer.text()));
        }
        disagreements.addAll(api.disagreements(operation, answer));
        compared.add(operation);
        return answer;
    }

    private Answer called(String method, String path) {
        var address = path.replace("{sku}", "SKU-000001").replaceAll("\\{\\w+}", NOBODYS);
        return both().send(address, request -> request.method(method, BodyPublishers.noBody()));
    }

    private Caller both() {
        return shop.withToken(shop.token("e2e-both", "customer", "admin"));
    }
}
