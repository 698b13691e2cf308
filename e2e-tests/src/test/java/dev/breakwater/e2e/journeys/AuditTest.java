package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.WithSuite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithSuite
class AuditTest {

    private static final Map<String, List<String>> SHAPE = Map.of(
            "orders", List.of("accepted", "pending", "reserved", "confirmed", "rejected", "cancelled"),
            "stock", List.of("received", "onHand", "reserved", "setAside", "sold"),
            "payments", List.of("capturedMinor", "refundedMinor", "unknown"),
            "bank", List.of("chargedMinor", "refundedMinor", "duplicateCharges"),
            "events", List.of("outboxPending", "inFlight", "deadLetters"));

    private final Shop shop;

    AuditTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void the_audit_has_the_figures_of_the_contract_and_no_others() {
        var audit = shop.audit();

        assertThat(audit.propertyNames())
                .containsExactlyInAnyOrder("orders", "stock", "payments", "bank", "events", "quiet", "violations");
        SHAPE.forEach((ledger, figures) -> {
            assertThat(audit.path(ledger).propertyNames()).containsExactlyInAnyOrderElementsOf(figures);
            assertThat(audit.path(ledger)).allMatch(figure -> figure.isIntegralNumber());
        });
    }

    @Test
    void one_order_moves_each_figure_by_what_it_is_worth() {
        var sku = shop.newProduct(10);
        var customer = shop.newCustomer();
        var before = shop.awaitQuiet();

        var id = customer.place(sku, 3, "tok_ok").expect(202).text("id");
        shop.awaitStatus(customer, id, "CONFIRMED");
        var after = shop.awaitQuiet();

        assertThat(after.at("/orders/accepted").asLong()
                        - before.at("/orders/accepted").asLong())
                .isEqualTo(1);
        assertThat(after.at("/orders/confirmed").asLong()
                        - before.at("/orders/confirmed").asLong())
                .isEqualTo(1);
        assertThat(after.at("/stock/sold").asLong() - before.at("/stock/sold").asLong())
                .isEqualTo(3);
        assertThat(before.at("/stock/onHand").asLong()
                        - after.at("/stock/onHand").asLong())
                .isEqualTo(3);
        assertThat(after.at("/stock/received").asLong())
                .isEqualTo(before.at("/stock/received").asLong())
                .isEqualTo(after.at("/stock/onHand").asLong()
                        + after.at("/stock/sold").asLong());
        assertThat(after.at("/payments/capturedMinor").asLong()
                        - before.at("/payments/capturedMinor").asLong())
                .isEqualTo(30_000);
        assertThat(after.at("/bank/chargedMinor").asLong()
                        - before.at("/bank/chargedMinor").asLong())
                .isEqualTo(30_000);
        assertThat(after.at("/stock/reserved").asLong()).isZero();
        assertThat(after.at("/payments/unknown").asLong()).isZero();
    }

    @Test
    void the_audit_is_for_admins_alone() {
        shop.newCustomer().get("audit").expectProblem(403, "forbidden");
        shop.anonymous().get("audit").expectProblem(401, "unauthorized");
    }
}
