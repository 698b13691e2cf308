package dev.breakwater.payment;

import dev.breakwater.bank.BankSimulator;
import dev.breakwater.bank.Settings;
import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator in this JVM, which can go down and come back with what it remembers. */
final class BankOfTheTest {

    static final String API_KEY = "key-of-the-test";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestDatabase database = Servers.freshDatabase();
    private final int port = FreePorts.next();
    private @Nullable BankSimulator running;

    BankOfTheTest() {
        start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void start() {
        if (running != null) {
            return;
        }
        try {
            running = new BankSimulator(new Settings(
                    "127.0.0.1",
                    port,
                    0,
                    database.jdbcUrl(),
                    database.user(),
                    database.password(),
                    4,
                    API_KEY,
                    List.of("harbour", "quayside"),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    void charge(String channel, String key, String reference, long amountMinor) {
        send("/channels/%s/charges".formatted(channel), """
                {"key": "%s", "reference": "%s", "amountMinor": %d, "currency": "CNY", "token": "tok_ok"}
                """.formatted(key, reference, amountMinor));
    }

    JsonNode ledger() {
        return send("/ledger", null);
    }

    private JsonNode send(String path, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + API_KEY);
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            return JsonMapper.shared()
                    .readTree(HTTP.send(request.build(), BodyHandlers.ofByteArray())
                            .body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
