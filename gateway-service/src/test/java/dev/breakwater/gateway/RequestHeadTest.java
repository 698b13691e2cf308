package dev.breakwater.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RequestHeadTest extends GatewayUnderTest {

    @Test
    void a_head_may_have_eight_kibibytes_and_not_more() throws IOException {
        assertThat(withHeader(7_900)).startsWith("HTTP/1.1 204");
        assertThat(INVENTORY.asked()).hasSize(1);

        assertThat(withHeader(8_200))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"code\":\"malformed_request\"");
        assertThat(INVENTORY.asked()).hasSize(1);
    }

    private String withHeader(int length) throws IOException {
        return raw("GET /api/v1/products?category=x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: "
                + "x".repeat(length) + "\r\n\r\n");
    }
}
