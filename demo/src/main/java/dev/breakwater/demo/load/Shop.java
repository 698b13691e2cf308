package dev.breakwater.demo.load;

import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop as its customers see it: the gateway's public calls. */
final class Shop {

    /** Each costs the gateway a signature, which the first compiler makes slow: more of them would be the load. */
    static final int MOST_CUSTOMERS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 500;

    private final URI gateway;
    private final int concurrency;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final JsonMapper json = JsonMapper.shared();

    Shop(URI gateway, int concurrency) {
        this.gateway = gateway;
        this.concurrency = concurrency;
    }

    /** How many orders there are of each kind, for the whole suite. */
    record Counts(long accepted, long open, long confirmed, long rejected, long cancelled) {}

    /** An answer to an order: its status, the problem's code ("" without one), and when to come again. */
    record Answer(int status, String code, Duration retryAfter) {}

    /** Tokens of different customers. */
    List<String> customers(int count) throws InterruptedException {
        var atOnce = new Semaphore(concurrency);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tokens = IntStream.rangeClosed(1, count)
                    .mapToObj(number -> threads.submit(() -> {
                        atOnce.acquire();
                        try {
                            return token("load-%04d".formatted(number), "customer");
                        } finally {
                            atOnce.release();
                        }
                    }))
                    .toList();
            var all = new ArrayList<String>();
            for (var token : tokens) {
                all.add(token.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new CannotStartException(
                    "No tokens are to be had from %s (%s); is Breakwater up?".formatted(gateway, e.getCause()), e);
        }
    }

    /** Brings in a million pieces of each of the first products, so that none sells out. */
    void deliver(int products) throws InterruptedException {
        try {
            var admin = token("breakwater-load", "admin");
            for (var product = 1; product <= products; product++) {
                var request = HttpRequest.newBuilder(
                                gateway.resolve("/api/v1/products/SKU-%06d/stock".formatted(product)))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "delivery-" + UUID.randomUUID())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"delta\":1000000,\"reason\":\"delivery\"}"))
                        .build();
                expectOk(http.send(request, BodyHandlers.ofString()));
            }
        } catch (IOException e) {
            throw new CannotStartException("%s takes no delivery (%s).".formatted(gateway, e), e);
        }
    }

    Answer place(String token, String key, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v1/orders"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        var code = response.statusCode() == 202
                ? ""
                : parsed(response).path("code").asString("");
        var retryAfter = response.headers().firstValueAsLong("Retry-After").orElse(1);
        return new Answer(response.statusCode(), code, Duration.ofSeconds(Math.clamp(retryAfter, 1, 10)));
    }

    /** From the audit; empty while a service that it asks does not answer. */
    Optional<Counts> counts() throws InterruptedException {
        try {
            var answer = get("/api/v1/audit", token("breakwater-load", "admin"));
            if (answer.statusCode() == 503) {
                return Optional.empty();
            }
            var orders = parsed(expectOk(answer)).path("orders");
            return Optional.of(new Counts(
                    orders.path("accepted").asLong(),
                    orders.path("pending").asLong() + orders.path("reserved").asLong(),
                    orders.path("confirmed").asLong(),
                    orders.path("rejected").asLong(),
                    orders.path("cancelled").asLong()));
        } catch (IOException e) {
            throw new CannotStartException("%s does not answer (%s); is Breakwater up?".formatted(gateway, e), e);
        }
    }

    /** The counts when no order is open any more, or when the time is up; empty if there are none by then. */
    Optional<Counts> awaitFinal(Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        var counts = counts();
        while (counts.isEmpty() || counts.get().open() > 0) {
            if (System.nanoTime() > deadline) {
                return counts;
            }
            Thread.sleep(POLL_MILLIS);
            counts = counts();
        }
        return counts;
    }

    private String token(String customer, String role) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/demo/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"customer\":\"%s\",\"roles\":[\"%s\"]}".formatted(customer, role)))
                .build();
        return parsed(expectOk(http.send(request, BodyHandlers.ofString())))
                .path("access_token")
                .asString("");
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> expectOk(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("%s answered %d".formatted(response.uri(), response.statusCode()));
        }
        return response;
    }

    private JsonNode parsed(HttpResponse<String> response) throws IOException {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("an answer that is not JSON from " + response.uri(), e);
        }
    }
}
