package dev.breakwater.inventory;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a client sees it. */
public final class Calls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;

    public Calls(int port) {
        this.port = port;
    }

    /** An answer with its body parsed. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String code() {
            return json().path("code").asString();
        }
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer head(String path) {
        return send(request(path).HEAD());
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    public Answer put(String path, String body, @Nullable String token) {
        return send(withBody(path, token).PUT(BodyPublishers.ofString(body)));
    }

    public Answer post(String path, String body, @Nullable String token, String... headers) {
        var request = withBody(path, token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    /** Creates a product that no other test knows, and gives it so many pieces. */
    public String product(String category, long pieces) {
        var sku = "T-" + UUID.randomUUID();
        var created = put("/api/v1/products/" + sku, draft(category, 12_900), TestTokens.admin());
        if (created.status() != 201) {
            throw new AssertionError(created.response().body());
        }
        if (pieces > 0) {
            adjust(sku, pieces);
        }
        return sku;
    }

    public void adjust(String sku, long delta) {
        var adjusted = post(
                "/api/v1/products/" + sku + "/stock",
                "{\"delta\": %d, \"reason\": \"delivery\"}".formatted(delta),
                TestTokens.admin(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        if (adjusted.status() != 200) {
            throw new AssertionError(adjusted.response().body());
        }
    }

    /** On hand and reserved, as the API tells them. */
    public String stock(String sku) {
        var stock = get("/api/v1/products/" + sku + "/stock", "Authorization", "Bearer " + TestTokens.customer("alice"))
                .json();
        return stock.path("onHand").asLong() + "/" + stock.path("reserved").asLong();
    }

    public static String draft(String category, long priceMinor) {
        return """
                {"name": "Kettle", "description": "It boils.", "category": "%s", "priceMinor": %d, "currency": "CNY"}
                """.formatted(category, priceMinor);
    }

    private HttpRequest.Builder withBody(String path, @Nullable String token) {
        var request = request(path).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
