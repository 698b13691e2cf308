package dev.breakwater.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;

class AuditTest extends GatewayUnderTest {

    private static final String EVENTS =
            "\"events\": {\"outboxPending\": 0, \"inFlight\": 0, \"deadLetters\": 0, \"lag\": 0}, \"violations\": []}";
    private static final String ORDER_LEDGER = """
            {"orders": {"accepted": 6, "pending": 0, "reserved": 0, "confirmed": 3, "rejected": 1, "cancelled": 2},
             "confirmedMinor": 600,\s""" + EVENTS;
    private static final String INVENTORY_LEDGER = """
            {"stock": {"received": 100, "onHand": 95, "reserved": 0, "setAside": 0, "sold": 5},\s""" + EVENTS;
    private static final String PAYMENT_LEDGER = """
            {"payments": {"capturedMinor": 900, "refundedMinor": 300, "unknown": 0},
             "bank": {"chargedMinor": 1000, "refundedMinor": 400, "duplicateCharges": 0},\s""" + EVENTS;

    @BeforeEach
    void all_at_rest() {
        ORDERS.answers(200, ORDER_LEDGER);
        INVENTORY.answers(200, INVENTORY_LEDGER);
        PAYMENTS.answers(200, PAYMENT_LEDGER);
    }

    @Test
    void a_suite_at_rest_whose_ledgers_agree_is_quiet_and_breaks_nothing() throws Exception {
        var answer = send(asAdmin("/api/v1/audit"));

        assertThat(answer.statusCode()).isEqualTo(200);
        JSONAssert.assertEquals("""
                {"orders": {"accepted": 6, "pending": 0, "reserved": 0, "confirmed": 3, "rejected": 1, "cancelled": 2},
                 "stock": {"received": 100, "onHand": 95, "reserved": 0, "setAside": 0, "sold": 5},
                 "payments": {"capturedMinor": 900, "refundedMinor": 300, "unknown": 0},
                 "bank": {"chargedMinor": 1000, "refundedMinor": 400, "duplicateCharges": 0},
                 "events": {"outboxPending": 0, "inFlight": 0, "deadLetters": 0},
                 "quiet": true,
                 "violations": []}
                """, answer.body(), true);
    }

    @Test
    void the_second_reading_is_the_deep_one_and_the_admins_token_goes_along() {
        send(asAdmin("/api/v1/audit"));

        assertThat(ORDERS.asked())
                .extracting(asked -> asked.uri())
                .containsExactly("/internal/ledger", "/internal/ledger?depth=full");
        assertThat(PAYMENTS.lastAsked().header("Authorization")).startsWith("Bearer ");
        assertThat(PAYMENTS.lastAsked().header("X-Request-Deadline-Ms")).isNotNull();
    }

    @Test
    void a_suite_with_an_order_under_way_is_answered_at_once_and_not_quiet() {
        ORDERS.answers(200, ORDER_LEDGER.replace("\"pending\": 0", "\"pending\": 1"));

        var answer = send(asAdmin("/api/v1/audit"));

        assertThat(answer.body()).contains("\"quiet\":false", "\"violations\":[]");
        assertThat(ORDERS.asked()).hasSize(1);
    }

    @Test
    void two_readings_that_differ_are_not_quiet() {
        ORDERS.answers(question -> new Answer(
                200,
                question.uri().contains("full")
                        ? ORDER_LEDGER
                                .replace("\"accepted\": 6", "\"accepted\": 7")
                                .replace("\"confirmed\": 3", "\"confirmed\": 4")
                        : ORDER_LEDGER,
                Map.of()));

        assertThat(send(asAdmin("/api/v1/audit")).body()).contains("\"quiet\":false", "\"violations\":[]");
    }

    @Test
    void what_the_services_and_the_gateway_find_wrong_is_told_in_sentences() {
        INVENTORY.answers(
                200,
                INVENTORY_LEDGER
                        .replace("\"sold\": 5", "\"sold\": 4")
                        .replace("\"violations\": []", "\"violations\": [\"SKU-1 is not what its ledger says.\"]"));

        assertThat(send(asAdmin("/api/v1/audit")).body())
                .contains(
                        "\"quiet\":true",
                        "SKU-1 is not what its ledger says.",
                        "The stock received (100) should be what is on hand or sold (99).");
    }

    @Test
    void a_service_that_does_not_tell_makes_the_audit_incomplete_and_is_named() {
        PAYMENTS.answers(503, "{}");

        var answer = send(asAdmin("/api/v1/audit"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"code\":\"audit_incomplete\"", "payment-service");
        assertThat(answer.body()).doesNotContain("order-service");
    }

    @Test
    void an_answer_that_lacks_a_figure_is_no_reading() {
        INVENTORY.answers(200, INVENTORY_LEDGER.replace("\"onHand\": 95,", ""));

        assertThat(send(asAdmin("/api/v1/audit")).body())
                .contains("\"code\":\"audit_incomplete\"", "inventory-service");
    }

    @Test
    void the_ledgers_are_read_side_by_side() {
        var together = new CyclicBarrier(3);
        ORDERS.answers(question -> meet(together, ORDER_LEDGER));
        INVENTORY.answers(question -> meet(together, INVENTORY_LEDGER));
        PAYMENTS.answers(question -> meet(together, PAYMENT_LEDGER));

        assertThat(send(asAdmin("/api/v1/audit")).statusCode()).isEqualTo(200);
    }

    @Test
    void an_audit_for_which_the_client_does_not_wait_long_enough_says_so() {
        assertThat(send(asAdmin("/api/v1/audit").header("X-Request-Deadline-Ms", "90"))
                        .statusCode())
                .isIn(503, 504);
    }

    @Test
    void only_an_admin_may_ask() {
        assertThat(send(asAlice("/api/v1/audit")).statusCode()).isEqualTo(403);
        assertThat(send(request("/api/v1/audit")).statusCode()).isEqualTo(401);
        assertThat(send(request("/api/v1/audit").header("Authorization", "Bearer " + TestTokens.expired("admin")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(ORDERS.asked()).isEmpty();
    }

    private static Answer meet(CyclicBarrier others, String ledger) throws IOException {
        try {
            others.await(3, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("asked alone", e);
        }
        return new Answer(200, ledger, Map.of());
    }
}
