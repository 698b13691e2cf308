package dev.breakwater.e2e.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop behind the gateway, and the people who come to it. */
public final class Shop {

    /** Much more than an order takes, for machines that do much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Set<String> FINAL = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

    private final URI gateway;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Shop(URI gateway) {
        this.gateway = gateway;
    }

    /** What the ledger of stock says of a product. */
    public record Stock(long onHand, long reserved, long available) {}

    public URI gateway() {
        return gateway;
    }

    public Caller anonymous() {
        return withToken("");
    }

    public Caller withToken(String token) {
        return new Caller(http, gateway, token);
    }

    /** With a token of the demo. */
    public Caller customer(String name) {
        return withToken(tokens.computeIfAbsent(name, customer -> token(customer, "customer")));
    }

    /** Whom no other test knows. */
    public Caller newCustomer() {
        return customer("e2e-" + UUID.randomUUID());
    }

    public Caller admin() {
        return withToken(tokens.computeIfAbsent("", nobody -> token("e2e-admin", "admin")));
    }

    /** A token of the demo for whomever, with whichever roles. */
    public String token(String customer, String... roles) {
        var body = JsonMapper.shared().writeValueAsString(Map.of("customer", customer, "roles", List.of(roles)));
        return anonymous()
                .send(
                        "/demo/token",
                        request -> request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                .expect(200)
                .text("access_token");
    }

    /** The SKU of a product that no other test knows; dollars and cents are not what is tested: 100.00 a piece. */
    public String newProduct(int stock) {
        var sku = "E2E-" + UUID.randomUUID();
        createProduct(sku, stock);
        return sku;
    }

    public void createProduct(String sku, int stock) {
        admin().put("products/" + sku, """
                        {"name": "Harbour lamp", "description": "For tests.", "category": "e2e", "priceMinor": 10000,
                         "currency": "CNY"}""").expect(201);
        if (stock > 0) {
            admin().post(
                            "products/" + sku + "/stock",
                            UUID.randomUUID().toString(),
                            "{\"delta\": %d, \"reason\": \"delivery\"}".formatted(stock))
                    .expect(200);
        }
    }

    public Stock stock(String sku) {
        var answer = admin().get("products/" + sku + "/stock").expect(200);
        return new Stock(answer.number("onHand"), answer.number("reserved"), answer.number("available"));
    }

    /** Waits until the order has the status; fails at once when it ends with another. */
    public Answer awaitStatus(Caller caller, String id, String status) {
        return awaitStatus(caller, id, status, PATIENCE);
    }

    public Answer awaitStatus(Caller caller, String id, String status, Duration atMost) {
        return await("order %s becoming %s".formatted(id, status))
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> caller.order(id), answer -> {
                    var now = answer.status() == 200 ? answer.text("status") : "";
                    if (!now.equals(status) && (now.equals("REJECTED") || now.equals("CANCELLED"))) {
                        throw new AssertionError("wanted " + status + ", ended as " + answer.text());
                    }
                    return now.equals(status);
                });
    }

    /** Waits until the order has ended, whichever way. */
    public Answer awaitFinal(Caller caller, String id) {
        return await("order %s ending".formatted(id))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> caller.order(id),
                        answer -> answer.status() == 200 && FINAL.contains(answer.text("status")));
    }

    public JsonNode audit() {
        return admin().get("audit").expect(200).json();
    }

    public JsonNode awaitQuiet() {
        var quiet = await("the suite being quiet")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> admin().get("audit"),
                        answer -> answer.status() == 200
                                && answer.json().path("quiet").asBoolean(false))
                .json();
        assertThat(quiet.path("violations")).as(quiet.toString()).isEmpty();
        return quiet;
    }
}
