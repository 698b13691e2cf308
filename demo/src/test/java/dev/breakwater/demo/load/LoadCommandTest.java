package dev.breakwater.demo.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LoadCommandTest {

    private final AtomicInteger placed = new AtomicInteger();
    /** What the audit answers, one after another; 503 when there is nothing left. */
    private final ConcurrentLinkedQueue<String> audits = new ConcurrentLinkedQueue<>();

    private HttpServer gateway;

    LoadCommandTest() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void openTheGateway() {
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.createContext("/demo/token", call -> answer(call, 200, "{\"access_token\": \"t\"}"));
        gateway.createContext("/api/v1/orders", call -> {
            placed.incrementAndGet();
            answer(call, 202, "{}");
        });
        gateway.createContext("/api/v1/audit", call -> {
            var audit = audits.poll();
            answer(call, audit == null ? 503 : 200, audit == null ? "{}" : audit);
        });
        gateway.start();
    }

    @AfterEach
    void closeTheGateway() {
        gateway.stop(0);
    }

    @Test
    void orders_are_placed_while_a_service_is_away_and_nobody_waits_for_their_end() {
        assertThat(load("300")).isZero();
        assertThat(placed).hasValue(20);
    }

    @Test
    void orders_that_have_all_become_final_are_a_success() {
        audits.add(audit(0, 5));
        audits.add(audit(15, 10));
        audits.add(audit(10, 15));
        audits.add(audit(0, 25));
        assertThat(load("300")).isZero();
        assertThat(audits).isEmpty();
    }

    @Test
    void orders_of_which_nobody_knows_how_they_ended_are_none() {
        audits.add(audit(0, 5));
        assertThat(load("0")).isEqualTo(1);
        assertThat(placed).hasValue(20);
    }

    private int load(String wait) {
        var url = "http://localhost:" + gateway.getAddress().getPort();
        return new CommandLine(new LoadCommand())
                .execute("--gateway", url, "--orders", "20", "--concurrency", "4", "--wait", wait);
    }

    private static String audit(int open, int confirmed) {
        return "{\"orders\": {\"pending\": %d, \"reserved\": 0, \"confirmed\": %d}}".formatted(open, confirmed);
    }

    private static void answer(HttpExchange call, int status, String body) throws IOException {
        try (call) {
            call.getRequestBody().readAllBytes();
            var bytes = body.getBytes(UTF_8);
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }
}
