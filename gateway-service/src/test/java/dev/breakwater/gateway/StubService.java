package dev.breakwater.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service as the gateway sees it: an HTTP server that remembers what it was asked and answers as it is told. */
public final class StubService implements AutoCloseable {

    private static final Answer NOTHING = new Answer(204, "", Map.of());

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = question -> NOTHING;

    public StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void answers(int status, String json) {
        behaviour = question -> new Answer(status, json, Map.of("Content-Type", "application/json"));
    }

    public void answers(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    public List<Asked> asked() {
        return asked;
    }

    public Asked lastAsked() {
        return asked.getLast();
    }

    public void forget() {
        asked.clear();
        behaviour = question -> NOTHING;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var question = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(question);
            var answer = behaviour.answer(question);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (body.length == 0 || question.method().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** How it answers; it may take its time. */
    @FunctionalInterface
    public interface Behaviour {

        Answer answer(Asked question) throws IOException;
    }

    public record Answer(int status, String body, Map<String, String> headers) {}

    public record Asked(String method, String uri, Map<String, List<String>> headers, String body) {

        public @Nullable String header(String name) {
            for (var entry : headers.entrySet()) {
                if (entry.getKey().equalsIgnoreCase(name)) {
                    return entry.getValue().getFirst();
                }
            }
            return null;
        }
    }
}
