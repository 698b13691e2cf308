package dev.breakwater.benchmarks.reads;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers calls of products as it is told to. */
final class ProductServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    @FunctionalInterface
    interface Shop {
        Answer answer(String method, String sku) throws InterruptedException;
    }

    record Answer(int status, String etag) {

        static Answer version(long version) {
            return new Answer(200, "\"" + version + "\"");
        }
    }

    ProductServer(Shop shop) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(Place.PATH, exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                var sku = exchange.getRequestURI().getPath().substring(Place.PATH.length());
                var answer = shop.answer(exchange.getRequestMethod(), sku);
                if (!answer.etag().isEmpty()) {
                    exchange.getResponseHeaders().set("ETag", answer.etag());
                }
                exchange.sendResponseHeaders(answer.status(), 2);
                exchange.getResponseBody().write(new byte[] {'{', '}'});
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
