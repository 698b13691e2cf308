package dev.breakwater.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@InventorySlice
class LedgerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Calls calls;
    private final JdbcClient jdbc;

    @Autowired
    LedgerTest(@LocalServerPort int port, JdbcClient jdbc) {
        this.calls = new Calls(port);
        this.jdbc = jdbc;
    }

    @Test
    void the_figures_follow_every_movement() {
        var before = ledger("").path("stock");
        var sku = calls.product("kitchen", 40);
        calls.adjust(sku, -15);
        var after = ledger("").path("stock");
        assertThat(grown("received", before, after)).isEqualTo(25);
        assertThat(grown("onHand", before, after)).isEqualTo(25);
        assertThat(grown("sold", before, after)).isZero();
        assertThat(after.propertyNames())
                .containsExactlyInAnyOrder("received", "onHand", "reserved", "setAside", "sold");
    }

    @Test
    void nothing_is_amiss_when_everything_went_through_the_ledger() {
        calls.product("kitchen", 40);
        var page = ledger("?depth=full");
        assertThat(violations(page)).isEmpty();
        assertThat(page.path("events").propertyNames())
                .containsExactlyInAnyOrder("outboxPending", "inFlight", "deadLetters", "lag");
    }

    @Test
    void a_tampered_balance_is_found_by_the_walk_and_by_the_full_comparison() {
        var sku = calls.product("kitchen", 40);
        var sentence = "The balance of " + sku + " is not the sum of its ledger.";
        // Let the walk take its checkpoint first: it must notice also what changes without a movement.
        await().atMost(LONG)
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM stock_checkpoints WHERE sku = ?")
                        .param(sku)
                        .query(Long.class)
                        .single()
                        .equals(1L));
        tamper(sku, 1);
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(violations(ledger(""))).contains(sentence));
            assertThat(violations(ledger("?depth=full")))
                    .contains(sentence)
                    .anyMatch(each -> each.startsWith("The figure onHand is"));
        } finally {
            tamper(sku, -1);
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(violations(ledger(""))).doesNotContain(sentence));
    }

    @Test
    void a_movement_without_its_row_is_found() {
        var sku = calls.product("kitchen", 40);
        jdbc.sql("UPDATE stock SET ledger_seq = ledger_seq + 1 WHERE sku = ?")
                .param(sku)
                .update();
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(violations(ledger(""))).anyMatch(each -> each.contains(sku)));
        } finally {
            jdbc.sql("UPDATE stock SET ledger_seq = ledger_seq - 1 WHERE sku = ?")
                    .param(sku)
                    .update();
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(violations(ledger(""))).noneMatch(each -> each.contains(sku)));
    }

    @Test
    void a_ledger_longer_than_one_step_is_summed_up_in_several() {
        var sku = calls.product("kitchen", 40);
        var more = 2 * LedgerCheck.MOST_MOVEMENTS + 1;
        jdbc.sql("""
                        INSERT INTO stock_ledger
                        SELECT l.sku, l.seq + n.seq, 'ADJUSTED', NULL, 'nothing', 0, 0, 0, 0, l.on_hand, l.reserved,
                               l.set_aside, l.sold, l.at, NULL
                          FROM stock s
                          JOIN stock_ledger l ON l.sku = s.sku AND l.seq = s.ledger_seq
                          JOIN seq_1_to_%d n
                         WHERE s.sku = ?
                        """.formatted(more)).param(sku).update();
        jdbc.sql("UPDATE stock SET ledger_seq = ledger_seq + ? WHERE sku = ?")
                .params(more, sku)
                .update();
        await().atMost(LONG)
                .until(() -> jdbc.sql("""
                                SELECT COUNT(*)
                                  FROM stock s
                                  JOIN stock_checkpoints c ON c.sku = s.sku AND c.seq = s.ledger_seq
                                 WHERE s.sku = ?
                                """).param(sku).query(Long.class).single().equals(1L));
        assertThat(violations(ledger(""))).noneMatch(each -> each.contains(sku));
    }

    @Test
    void the_ledger_is_for_admins() {
        assertThat(calls.get("/internal/ledger").status()).isEqualTo(401);
        assertThat(calls.get("/internal/ledger", "Authorization", "Bearer " + TestTokens.customer("alice"))
                        .status())
                .isEqualTo(403);
    }

    private void tamper(String sku, int pieces) {
        jdbc.sql("UPDATE stock SET on_hand = on_hand + ? WHERE sku = ?")
                .params(pieces, sku)
                .update();
    }

    private JsonNode ledger(String query) {
        var answer = calls.get("/internal/ledger" + query, "Authorization", "Bearer " + TestTokens.admin());
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static long grown(String name, JsonNode before, JsonNode after) {
        return after.path(name).asLong() - before.path(name).asLong();
    }

    private static List<String> violations(JsonNode page) {
        return page.path("violations").valueStream().map(JsonNode::asString).toList();
    }
}
