package dev.breakwater.bank.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.breakwater.bank.database.NothingDoneException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server with a virtual thread a call; whatever happens, the answer is JSON and never a stack trace. */
public final class HttpFront implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpFront.class);
    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int MOST_READ_ON = 16 * 1024 * 1024;
    private static final int STOP_SECONDS = 5;

    static {
        // Headers and body are two writes: with Nagle's algorithm each answer would wait 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Route> routes;
    private final ApiKey apiKey;

    public HttpFront(String address, int port, List<Route> routes, ApiKey apiKey) throws IOException {
        this.routes = List.copyOf(routes);
        this.apiKey = apiKey;
        server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (answer(exchange)) {
                case Answer.Json json -> send(exchange, json.status(), "application/json", json.body());
                case Answer.Text text ->
                    send(
                            exchange,
                            text.status(),
                            "text/plain; version=0.0.4; charset=utf-8",
                            text.body().getBytes(StandardCharsets.UTF_8));
                case Answer.Lost() -> {
                    // Closing an exchange that was not answered cuts its connection.
                }
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            apiKey.check(exchange.getRequestHeaders().getFirst("Authorization"));
            return route(exchange);
        } catch (Rejection e) {
            return new Answer.Json(e.status(), Problem.of(e.status(), e.code(), String.valueOf(e.getMessage()), path));
        } catch (NothingDoneException e) {
            log.warn("refused cause=\"{}\"", e.getMessage());
            return Answer.notProcessed();
        } catch (SQLException | RuntimeException e) {
            log.error("failed method={} cause=\"{}\"", exchange.getRequestMethod(), e.toString());
            return new Answer.Json(500, Problem.of(500, "internal_error", "The bank failed.", path));
        }
    }

    private Answer route(HttpExchange exchange) throws IOException, SQLException {
        List<String> path = Route.segments(exchange.getRequestURI().getRawPath());
        boolean pathKnown = false;
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent()) {
                if (route.method().equals(exchange.getRequestMethod())) {
                    return route.endpoint().answer(new Request(variables.get(), body(exchange)));
                }
                pathKnown = true;
            }
        }
        throw pathKnown ? Rejection.methodNotAllowed() : Rejection.notFound("not_found", "There is nothing here.");
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            // Or the client, which still sends, would find its connection reset and no answer.
            exchange.getRequestBody().skip(MOST_READ_ON);
            throw Rejection.tooLarge();
        }
        return body;
    }

    private static void send(HttpExchange exchange, int status, String type, Object body) throws IOException {
        byte[] bytes = body instanceof byte[] ready ? ready : Json.mapper().writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", body instanceof Problem ? "application/problem+json" : type);
        if (status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Takes no further call and lets those under way finish. */
    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.close();
    }
}
