package dev.breakwater.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.TestTokens;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payment as its customer sees it. */
class PaymentViewTest extends PaymentServiceTest {

    @Test
    void a_payment_is_shown_to_its_customer_and_to_nobody_else() {
        UUID orderId = orders.capture("tok_ok", 100);
        awaitHeard(orderId, "PaymentCaptured");
        String path = "/api/v1/payments/" + orderId;

        assertThat(get(path, TestTokens.customer("alice")).statusCode()).isEqualTo(200);
        HttpResponse<String> others = get(path, TestTokens.customer("ALICE"));
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(others.body()).contains("\"payment_not_found\"");
        assertThat(get(path, null).statusCode()).isEqualTo(401);
        assertThat(get(path, TestTokens.expired("alice")).statusCode()).isEqualTo(401);
        assertThat(get(path, TestTokens.unsigned("alice")).statusCode()).isEqualTo(401);
        assertThat(get(path, TestTokens.admin()).statusCode()).isEqualTo(403);
        assertThat(get("/internal/ledger", TestTokens.customer("alice")).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e1", "%00"})
    void a_malformed_order_id_is_refused(String orderId) {
        assertThat(get("/api/v1/payments/" + orderId, TestTokens.customer("alice"))
                        .statusCode())
                .isEqualTo(400);
    }
}
