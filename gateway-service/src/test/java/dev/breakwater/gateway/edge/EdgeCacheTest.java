package dev.breakwater.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.caching.ChangeFeed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EdgeCacheTest extends GatewayUnderTest {

    private final TeaForSale tea = new TeaForSale();

    @Autowired
    private ChangeFeed feed;

    @BeforeEach
    void sellTea() throws Exception {
        tea.sell(INVENTORY, feed);
    }

    @Test
    void a_page_is_asked_for_once_and_both_roads_give_the_same_answer() {
        var loaded = send(request(tea.path));
        var remembered = send(request(tea.path));
        assertThat(INVENTORY.asked()).hasSize(1);
        assertThat(loaded.statusCode()).isEqualTo(200);
        assertThat(loaded.body()).isEqualTo(tea.body(1));
        assertThat(remembered.statusCode()).isEqualTo(200);
        assertThat(remembered.body()).isEqualTo(tea.body(1));
        assertThat(TeaForSale.headers(remembered)).isEqualTo(TeaForSale.headers(loaded));
        assertThat(TeaForSale.headers(loaded))
                .containsEntry("etag", List.of("\"1\""))
                .containsEntry("content-type", List.of(TeaForSale.JSON))
                .containsEntry("cache-control", List.of("public, max-age=1, stale-if-error=300"))
                // There is one form of it, whatever is asked for.
                .doesNotContainKey("vary");
    }

    @Test
    void who_has_the_version_gets_304_on_both_roads_and_a_head_gets_no_body() {
        for (var n = 0; n < 2; n++) {
            var known = send(request(tea.path).header("If-None-Match", "\"1\""));
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(known.headers().firstValue("ETag")).contains("\"1\"");
            var head = send(request(tea.path).HEAD());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Length"))
                    .contains(String.valueOf(tea.body(1).length()));
        }
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void a_token_is_looked_at_all_the_same() {
        assertThat(send(asAlice(tea.path)).body()).isEqualTo(tea.body(1));
        assertThat(send(request(tea.path).header("Authorization", "Bearer nonsense"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void many_who_want_a_page_at_once_make_one_call() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 100)
                    .<Callable<HttpResponse<String>>>mapToObj(n -> () -> send(request(tea.path)))
                    .toList();
            for (var answer : clients.invokeAll(calls)) {
                assertThat(answer.get().body()).isEqualTo(tea.body(1));
            }
        }
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void what_is_no_sku_or_wants_another_form_goes_to_the_service() {
        INVENTORY.answers(question -> new Answer(400, "{}", Map.of("Content-Type", "application/problem+json")));
        assertThat(send(request("/api/v1/products/" + "X".repeat(41))).statusCode())
                .isEqualTo(400);
        assertThat(send(request(tea.path).header("Accept", "image/png")).statusCode())
                .isEqualTo(400);
        assertThat(INVENTORY.lastAsked().header("Accept")).isEqualTo("image/png");
        assertThat(INVENTORY.asked()).hasSize(2);
    }

    @Test
    void a_client_that_waits_no_longer_leaves_the_page_to_the_next() throws Exception {
        var goOn = new CountDownLatch(1);
        INVENTORY.answers(question -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return tea.page(question);
        });
        var late = send(request(tea.path).header("X-Request-Deadline-Ms", "50"));
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).contains("deadline_exceeded");
        assertThat(send(request(tea.path).header("X-Request-Deadline-Ms", "soon"))
                        .statusCode())
                .isEqualTo(400);
        goOn.countDown();
        assertThat(send(request(tea.path).header("X-Request-Deadline-Ms", "5000"))
                        .body())
                .isEqualTo(tea.body(1));
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    @Test
    void the_call_for_a_page_is_in_the_trace_of_who_wanted_it() {
        for (var deadline : List.of("", "5000")) {
            INVENTORY.forget();
            INVENTORY.answers(404, "{}");
            var wanted = request(tea.path + "-" + deadline);
            if (!deadline.isEmpty()) {
                wanted.header("X-Request-Deadline-Ms", deadline);
            }
            var trace = send(wanted).headers().firstValue("X-Trace-Id").orElseThrow();
            assertThat(INVENTORY.lastAsked().header("traceparent")).contains(trace);
        }
    }
}
