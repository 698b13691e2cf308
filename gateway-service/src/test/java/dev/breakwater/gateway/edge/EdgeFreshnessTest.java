package dev.breakwater.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How soon the edge shows what was changed. */
class EdgeFreshnessTest extends GatewayUnderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final TeaForSale tea = new TeaForSale();

    @Autowired
    private ChangeFeed feed;

    @BeforeEach
    void sellTea() throws Exception {
        tea.sell(INVENTORY, feed);
    }

    @Test
    void a_change_is_shown_as_soon_as_it_is_told() throws Exception {
        send(request(tea.path));
        tea.isAt(2);
        tea.tell(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(send(request(tea.path)).body()).isEqualTo(tea.body(2)));
        send(request(tea.path));
        assertThat(INVENTORY.asked()).hasSize(2);
    }

    @Test
    void a_path_that_is_encoded_otherwise_shows_the_same_page() throws Exception {
        var encoded = tea.path.replace("SKU", "%53KU");
        for (var n = 0; n < 3; n++) {
            assertThat(send(request(encoded)).body()).isEqualTo(tea.body(1));
        }
        assertThat(INVENTORY.asked()).hasSize(1);
        tea.isAt(2);
        tea.tell(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(send(request(encoded)).body()).isEqualTo(tea.body(2)));
    }

    @Test
    void a_sku_that_is_not_known_is_asked_for_once_until_it_is_created() throws Exception {
        tea.isNotThere();
        var said = new HashSet<Map<String, List<String>>>();
        for (var n = 0; n < 2; n++) {
            var unknown = send(request(tea.path));
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("product_not_found");
            said.add(TeaForSale.headers(unknown));
        }
        assertThat(said).hasSize(1);
        assertThat(INVENTORY.asked()).hasSize(1);
        tea.isAt(1);
        tea.tell(1);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(send(request(tea.path)).statusCode()).isEqualTo(200));
    }

    @Test
    void while_changes_cannot_be_heard_a_page_is_asked_for_again_after_a_second() {
        send(request(tea.path));
        Servers.kafka().pause();
        try {
            tea.isAt(2);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(send(request(tea.path)).body()).isEqualTo(tea.body(2)));
        } finally {
            Servers.kafka().resume();
        }
    }
}
