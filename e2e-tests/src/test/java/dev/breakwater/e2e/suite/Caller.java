package dev.breakwater.e2e.suite;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Somebody who calls the gateway, with or without a token. Paths are relative to {@code /api/v1} unless they begin with
 * a slash.
 */
public final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI gateway;
    private final String token;

    Caller(HttpClient http, URI gateway, String token) {
        this.http = http;
        this.gateway = gateway;
        this.token = token;
    }

    /** "" without one. */
    public String token() {
        return token;
    }

    public Answer get(String path) {
        return send(path, HttpRequest.Builder::GET);
    }

    public Answer head(String path) {
        return send(path, HttpRequest.Builder::HEAD);
    }

    public Answer put(String path, String body) {
        return send(
                path,
                request -> request.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    /** Without a body. */
    public Answer post(String path) {
        return send(path, request -> request.POST(BodyPublishers.noBody()));
    }

    public Answer post(String path, String key, String body) {
        return send(
                path,
                request -> request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body)));
    }

    /** One line, under a new key. */
    public Answer place(String sku, int quantity, String card) {
        return post("orders", UUID.randomUUID().toString(), order(sku, quantity, card));
    }

    /** One line, under a new key, however long a busy machine takes to accept it. */
    public Answer placeSurely(String sku, int quantity, String card) {
        return placeUntilTaken(UUID.randomUUID().toString(), order(sku, quantity, card));
    }

    /** As the contract tells clients to: after a 503, a 504 or no answer, again with the same key. */
    public Answer placeUntilTaken(String key, String body) {
        return await("an order being taken")
                .atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .ignoreException(UncheckedIOException.class)
                .until(() -> post("orders", key, body), answer -> {
                    if (answer.status() != 503 && answer.status() != 504) {
                        answer.expect(202);
                    }
                    return answer.status() == 202;
                });
    }

    public Answer order(String id) {
        return get("orders/" + id);
    }

    public Answer cancel(String id) {
        return post("orders/" + id + "/cancel");
    }

    /** Any request; the token is added, so the function must not. */
    public Answer send(String path, UnaryOperator<HttpRequest.Builder> what) {
        var request = HttpRequest.newBuilder(
                        gateway.resolve(path.startsWith("/") || path.startsWith("http:") ? path : "/api/v1/" + path))
                .timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var response = http.send(what.apply(request).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of a placement with one line. */
    public static String order(String sku, int quantity, String card) {
        return """
                {"items": [{"sku": "%s", "quantity": %d}], "paymentMethod": {"type": "card", "token": "%s"}}""".formatted(sku, quantity, card);
    }
}
