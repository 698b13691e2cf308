package dev.breakwater.platform.discovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A registry as far as an instance sees it: it remembers what it was told, and knows nobody. */
final class HeardRegistry implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"(\\w+)\"");
    private static final String NOBODY =
            "{\"applications\": {\"versions__delta\": \"1\", \"apps__hashcode\": \"\", \"application\": []}}";

    private final HttpServer server;
    private final Queue<String> statuses = new ConcurrentLinkedQueue<>();

    HeardRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/eureka/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://localhost:%d".formatted(server.getAddress().getPort());
    }

    /** Each registration's, in order. */
    List<String> statuses() {
        return List.copyOf(statuses);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestMethod()) {
                case "POST" -> {
                    var status = STATUS.matcher(body);
                    statuses.add(status.find() ? status.group(1) : body);
                    exchange.sendResponseHeaders(204, -1);
                }
                case "GET" -> {
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, NOBODY.length());
                    exchange.getResponseBody().write(NOBODY.getBytes(StandardCharsets.UTF_8));
                }
                default -> exchange.sendResponseHeaders(200, -1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
