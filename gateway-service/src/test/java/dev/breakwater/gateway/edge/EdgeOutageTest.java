package dev.breakwater.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.caching.ChangeFeed;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the edge shows when the service behind it fails, or shows what is old itself. */
class EdgeOutageTest extends GatewayUnderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final TeaForSale tea = new TeaForSale();

    @Autowired
    private ChangeFeed feed;

    @BeforeEach
    void sellTea() throws Exception {
        tea.sell(INVENTORY, feed);
    }

    @Test
    void without_the_service_the_last_known_page_is_shown_and_says_so() throws Exception {
        send(request(tea.path));
        INVENTORY.answers(question -> {
            throw new IOException("killed");
        });
        tea.tell(2);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(send(request(tea.path)).headers().firstValue("Cache-Status"))
                                .contains("gateway-service; hit; ttl=-1; detail=stale-if-error"));
        assertThat(send(request(tea.path)).body()).isEqualTo(tea.body(1));
        var unknown = send(request(tea.path + "X"));
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_page_that_the_service_calls_old_or_gives_no_version_is_passed_on_and_not_kept() {
        INVENTORY.answers(question -> new Answer(
                200,
                tea.body(1),
                Map.of(
                        "Content-Type",
                        TeaForSale.JSON,
                        "ETag",
                        "\"1\"",
                        "Cache-Control",
                        ProductPages.CACHE_CONTROL,
                        "Cache-Status",
                        "inventory-service; hit; ttl=-1; detail=stale-if-error")));
        for (var n = 0; n < 2; n++) {
            var old = send(request(tea.path));
            assertThat(old.body()).isEqualTo(tea.body(1));
            assertThat(old.headers().firstValue("Cache-Status"))
                    .contains("inventory-service; hit; ttl=-1; detail=stale-if-error");
        }
        INVENTORY.answers(200, tea.body(1));
        assertThat(send(request(tea.path)).headers().firstValue("ETag")).isEmpty();
        assertThat(INVENTORY.asked()).hasSize(3);
    }

    @Test
    void a_problem_of_the_service_is_passed_on_and_not_kept() {
        INVENTORY.answers(question ->
                new Answer(503, "{}", Map.of("Content-Type", "application/problem+json", "Retry-After", "1")));
        assertThat(send(request(tea.path)).statusCode()).isEqualTo(503);
        assertThat(send(request(tea.path)).headers().firstValue("Retry-After")).contains("1");
        INVENTORY.answers(tea::page);
        assertThat(send(request(tea.path)).body()).isEqualTo(tea.body(1));
    }

    @Test
    void a_service_that_waits_for_its_database_in_vain_may_show_what_it_knows() {
        INVENTORY.answers(question -> {
            try {
                assertThat(new CountDownLatch(1).await(3, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return new Answer(503, "{}", Map.of("Content-Type", "application/problem+json", "Retry-After", "1"));
        });
        assertThat(send(request(tea.path)).statusCode()).isEqualTo(503);
    }
}
