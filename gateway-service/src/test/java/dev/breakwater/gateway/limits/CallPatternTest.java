package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/orders, /api/v1/orders, true",
        "/api/v1/orders, /api/v1/orders/1, false",
        "/api/v1/orders, /api/v1/%6frders, true",
        "/api/v1/orders, /api/v1/orders;a=b, true",
        "/api/v1/orders/**, /api/v1/orders, true",
        "/api/v1/orders/**, /api/v1/orders/1/cancel, true",
        "/api/v1/orders/**, /api/v1/ordersX, false",
        "/api/v1/orders/**, /api/v1/%6Frders/1, true",
        "/api/v1/products/{sku}, /api/v1/products/A, true",
        "/api/v1/products/{sku}, /api/v1/products/A/stock, false",
        "/api/v1/*/stock, /api/v1/A/stock, true"
    })
    void a_path_matches_as_it_would_be_routed(String pattern, String path, boolean matches) {
        assertThat(CallPattern.of(Set.of(), List.of(List.of(pattern))).matches(new Call("GET", path)))
                .isEqualTo(matches);
    }

    @Test
    void a_call_has_to_be_by_one_of_the_methods_and_on_a_path_of_each_list() {
        var calls = CallPattern.of(Set.of("POST"), List.of(List.of("/a/**", "/b/**"), List.of("/a/x", "/b/y")));

        assertThat(calls.matches(new Call("POST", "/a/x"))).isTrue();
        assertThat(calls.matches(new Call("POST", "/a/y"))).isFalse();
        assertThat(calls.matches(new Call("GET", "/a/x"))).isFalse();
        assertThat(CallPattern.of(Set.of(), List.of(List.of(), List.of())).matches(new Call("GET", "/any")))
                .isTrue();
    }
}
