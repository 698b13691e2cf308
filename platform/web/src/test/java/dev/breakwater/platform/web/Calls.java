package dev.breakwater.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** How a test speaks to {@link WebTestApp}, as a client would or as none would. */
final class Calls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE_MS = 5_000;

    private Calls() {}

    static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    /** The value of the header Authorization for the customer alice. */
    static String alice() {
        return "Bearer " + TestTokens.customer("alice");
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends JSON to /items as alice. */
    static HttpResponse<String> post(int port, String body) throws IOException, InterruptedException {
        return send(request(port, "/items")
                .header("Content-Type", "application/json")
                .header("Authorization", alice())
                .POST(BodyPublishers.ofString(body)));
    }

    /** Writes the bytes of a request that no client would send, and reads until the server closes. */
    static String raw(int port, String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"traceId\":\"");
    }
}
