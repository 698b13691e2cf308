package dev.breakwater.order;

import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The order calls as a client makes them. */
public final class OrderApi {

    public static final String ONE_LAMP = """
            {"items": [{"sku": "LAMP-1", "quantity": 2}], "paymentMethod": {"type": "card", "token": "tok_ok"}}
            """;

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;

    public OrderApi(int port) {
        this.port = port;
    }

    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        public String text(String field) {
            return body.path(field).asString();
        }
    }

    public Answer place(String customer, String key, String body) {
        return send(request("/api/v1/orders", customer)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** With so many milliseconds left for the answer. */
    public Answer placeWithin(int milliseconds, String customer, String key, String body) {
        return send(request("/api/v1/orders", customer)
                .header("Idempotency-Key", key)
                .header("X-Request-Deadline-Ms", Integer.toString(milliseconds))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer place(String customer) {
        return place(customer, UUID.randomUUID().toString(), ONE_LAMP);
    }

    public Answer get(String customer, String path) {
        return send(request(path, customer));
    }

    public Answer order(String customer, String id) {
        return get(customer, "/api/v1/orders/" + id);
    }

    public Answer cancel(String customer, String id) {
        return send(request("/api/v1/orders/" + id + "/cancel", customer).POST(BodyPublishers.noBody()));
    }

    public Answer ledger() {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/internal/ledger?depth=full"))
                .header("Authorization", "Bearer " + TestTokens.admin()));
    }

    public HttpRequest.Builder request(String path, String customer) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + TestTokens.customer(customer));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            var raw = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(raw.statusCode(), JSON.readTree(raw.body().isEmpty() ? "null" : raw.body()), raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
