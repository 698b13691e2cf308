package dev.breakwater.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BankSimulatorTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // started before each test
    private BankSimulator bank;

    @BeforeEach
    void start() throws IOException {
        TestDatabase database = Servers.freshDatabase();
        bank = new BankSimulator(new Settings(
                "127.0.0.1",
                0,
                0,
                database.jdbcUrl(),
                database.user(),
                database.password(),
                4,
                "key-of-the-test",
                List.of("harbour", "quayside"),
                Duration.ofMillis(200),
                Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() {
        bank.close();
    }

    @Test
    void the_same_key_twice_is_one_charge() throws Exception {
        HttpResponse<String> first = charge("harbour", "k1", "order", 100, "tok_ok");
        HttpResponse<String> second = charge("harbour", "k1", "order", 100, "tok_ok");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("\"CHARGED\"");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(ledger()).isEqualTo("{\"chargedMinor\":100,\"refundedMinor\":0,\"duplicateCharges\":0}");
    }

    @Test
    void the_same_key_many_times_at_once_is_one_charge() throws Exception {
        Callable<String> call =
                () -> charge("harbour", "k1", "order", 100, "tok_ok").body();
        Set<String> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer :
                    threads.invokeAll(Stream.generate(() -> call).limit(30).toList())) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).singleElement().asString().contains("\"CHARGED\"");
        assertThat(ledger()).contains("\"chargedMinor\":100,");
    }

    @Test
    void a_key_used_for_another_amount_is_a_conflict() throws Exception {
        charge("harbour", "k1", "order", 100, "tok_ok");

        HttpResponse<String> other = charge("harbour", "k1", "order", 101, "tok_ok");

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("\"code\":\"key_reused\"");
    }

    @Test
    void a_reference_charged_on_two_channels_is_counted_as_one_duplicate() throws Exception {
        charge("harbour", "k1", "order", 100, "tok_ok");
        charge("quayside", "k1", "order", 100, "tok_ok");
        charge("quayside", "k2", "order", 100, "tok_ok");

        assertThat(ledger()).contains("\"duplicateCharges\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_declined", "tok_nobody_knows", "  "})
    void other_cards_are_declined(String token) throws Exception {
        assertThat(charge("harbour", "k1", "order", 100, token).body()).contains("\"DECLINED\"");
        assertThat(ledger()).contains("\"chargedMinor\":0");
    }

    @Test
    void a_slow_card_is_charged_after_its_time() throws Exception {
        assertThat(charge("harbour", "k1", "order", 100, "tok_slow").body()).contains("\"CHARGED\"");
    }

    @Test
    void a_flaky_card_is_refused_twice_over_all_channels() throws Exception {
        HttpResponse<String> first = charge("harbour", "k1", "order", 100, "tok_flaky");
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("{\"status\":\"NOT_PROCESSED\"}");
        assertThat(charge("quayside", "k1", "order", 100, "tok_flaky").statusCode())
                .isEqualTo(503);
        assertThat(charge("harbour", "k1", "order", 100, "tok_flaky").body()).contains("\"CHARGED\"");
    }

    @Test
    void a_charge_whose_answer_is_lost_is_found_when_asked_for() {
        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> charge("harbour", "k1", "order", 100, "tok_timeout"));

        await().untilAsserted(() ->
                assertThat(get("/channels/harbour/charges/k1").body()).contains("\"CHARGED\""));
        assertThat(get("/channels/quayside/charges/k1").statusCode()).isEqualTo(404);
    }

    @Test
    void a_refund_happens_once_and_never_beyond_the_charge() throws Exception {
        charge("harbour", "k1", "order", 100, "tok_ok");
        String refund = "{\"key\": \"f1\", \"chargeKey\": \"k1\", \"amountMinor\": 60}";

        assertThat(post("/channels/harbour/refunds", refund).body()).contains("\"REFUNDED\"");
        assertThat(post("/channels/harbour/refunds", refund).body()).contains("\"REFUNDED\"");
        HttpResponse<String> tooMuch = post("/channels/harbour/refunds", refund.replace("f1", "f2"));

        assertThat(tooMuch.statusCode()).isEqualTo(409);
        assertThat(get("/channels/harbour/refunds/f1").body()).contains("\"REFUNDED\"");
        assertThat(get("/channels/harbour/refunds/f2").statusCode()).isEqualTo(404);
        assertThat(ledger()).contains("\"chargedMinor\":100,\"refundedMinor\":60");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"key\":\"k\",\"reference\":\"r\",\"amountMinor\":0,\"currency\":\"CNY\",\"token\":\"t\"}",
                "{\"key\":\"k\",\"reference\":\"r\",\"amountMinor\":1.5,\"currency\":\"CNY\",\"token\":\"t\"}",
                "{\"key\":\"k\",\"reference\":\"r\",\"amountMinor\":\"1\",\"currency\":\"CNY\",\"token\":\"t\"}",
                "{\"key\":\"a/b\",\"reference\":\"r\",\"amountMinor\":1,\"currency\":\"CNY\",\"token\":\"t\"}",
                "{\"key\":\"k\",\"reference\":\"r\",\"amountMinor\":1,\"currency\":\"cny\",\"token\":\"t\"}"
            })
    void a_bad_body_is_a_problem_and_changes_nothing(String body) throws Exception {
        HttpResponse<String> answer = post("/channels/harbour/charges", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"bad_request\"");
    }

    @Test
    void a_body_of_megabytes_is_refused() throws Exception {
        assertThat(post("/channels/harbour/charges", "x".repeat(2_000_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void strangers_unknown_paths_and_other_methods_are_refused() throws Exception {
        URI ledger = URI.create("http://127.0.0.1:%d/ledger".formatted(bank.port()));
        for (String authorization : List.of("Bearer wrong", "key-of-the-test", "Basic key-of-the-test")) {
            HttpRequest request = HttpRequest.newBuilder(ledger)
                    .header("Authorization", authorization)
                    .build();
            assertThat(send(request).statusCode()).isEqualTo(401);
        }
        assertThat(send(HttpRequest.newBuilder(ledger).build()).statusCode()).isEqualTo(401);
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/channels/pirate/charges/k1").statusCode()).isEqualTo(404);
        assertThat(get("/channels/harbour/charges").statusCode()).isEqualTo(405);
    }

    @Test
    void health_needs_no_key_and_lies_on_a_port_of_its_own() throws Exception {
        URI health = URI.create("http://127.0.0.1:%d/actuator/health".formatted(bank.managementPort()));

        assertThat(send(HttpRequest.newBuilder(health).build()).body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> charge(String channel, String key, String reference, long amount, String token)
            throws IOException, InterruptedException {
        var body = """
                {"key": "%s", "reference": "%s", "amountMinor": %d, "currency": "CNY", "token": "%s"}
                """.formatted(key, reference, amount, token);
        // The one answer that never comes is not waited for as long as one that a busy machine delays.
        var patience = Duration.ofSeconds(token.equals("tok_timeout") ? 2 : 30);
        return send(request("/channels/%s/charges".formatted(channel))
                .timeout(patience)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String ledger() {
        return get("/ledger").body();
    }

    private HttpResponse<String> get(String path) {
        try {
            return send(request(path).GET().build());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(bank.port(), path)))
                .header("Authorization", "Bearer key-of-the-test")
                .timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
