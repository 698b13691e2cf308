package dev.breakwater.platform.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultRequestContext;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;

class PickingTest {

    @Test
    void a_key_is_found_in_the_header_that_is_named() {
        var picking = Picking.of(new DefaultRequest<>(new RequestDataContext(withHeader(), "from the hint")));

        assertThat(picking.key("X-Sku")).isEqualTo("SKU-1");
        assertThat(picking.customer("x-sku")).isEqualTo("SKU-1");
    }

    @Test
    void without_the_header_the_hint_is_the_key() {
        var picking = Picking.of(new DefaultRequest<>(new RequestDataContext(withHeader(), "from the hint")));

        assertThat(picking.key("X-Other")).isEqualTo("from the hint");
        assertThat(picking.key(null)).isEqualTo("from the hint");
    }

    @Test
    void what_spring_says_without_a_hint_is_none() {
        var picking = Picking.of(new DefaultRequest<>(new DefaultRequestContext("anything", "default")));

        assertThat(picking.key(null)).isNull();
        assertThat(picking.customer(null)).isNull();
    }

    @Test
    void a_caller_tells_key_and_customer_apart() {
        var failed = new DefaultServiceInstance("1", "order-service", "localhost", 8081, false);
        var picking = Picking.of(PickContext.request(failed, "SKU-1", "customer-1"));

        assertThat(picking.key("X-Sku")).isEqualTo("SKU-1");
        assertThat(picking.customer(null)).isEqualTo("customer-1");
        assertThat(picking.previous()).isEqualTo(failed);
    }

    @Test
    void springs_own_retry_tells_the_previous_instance() {
        var failed = new DefaultServiceInstance("1", "order-service", "localhost", 8081, false);

        assertThat(Picking.of(new DefaultRequest<>(new RetryableRequestContext(failed)))
                        .previous())
                .isEqualTo(failed);
    }

    @Test
    void a_request_that_says_nothing_says_nothing() {
        var picking = Picking.of(new DefaultRequest<>());

        assertThat(picking.key("X-Sku")).isNull();
        assertThat(picking.previous()).isNull();
    }

    private static RequestData withHeader() {
        var headers = new HttpHeaders();
        headers.add("X-Sku", "SKU-1");
        return new RequestData(
                HttpMethod.GET, URI.create("http://order-service/"), headers, new LinkedMultiValueMap<>(), Map.of());
    }
}
