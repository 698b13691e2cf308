package dev.breakwater.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import org.junit.jupiter.api.Test;

class NoDemoTokenTest extends GatewayUnderTest {

    @Test
    void outside_the_demo_nobody_mints_tokens() {
        var answer = send(json(request("/demo/token"), "{\"customer\": \"alice\", \"roles\": [\"admin\"]}"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }
}
