package dev.breakwater.platform.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.loadbalancing.Nodes.NodeState;
import dev.breakwater.platform.loadbalancing.nodes.EjectionSettings;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;

class CallLifecycleTest {

    private static final String SERVICE = "order-service";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(5);
    private static final LoadBalancingSettings SETTINGS = new LoadBalancingSettings(
            Strategy.ROUND_ROBIN,
            null,
            TEN_SECONDS,
            TEN_SECONDS,
            ABANDONED_AFTER,
            new EjectionSettings(5, 0.5, 20, TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, 0.5),
            Map.of());

    private final ServiceInstance instance = new DefaultServiceInstance("1", SERVICE, "localhost", 8081, false);
    private final ServiceInstance other = new DefaultServiceInstance("2", SERVICE, "localhost", 8082, false);
    private long now;
    private final Nodes nodes =
            new Nodes(() -> SETTINGS, new SimpleMeterRegistry(), () -> now, new Random(1)::nextLong);
    private final CallLifecycle lifecycle = new CallLifecycle(SERVICE, nodes, () -> SETTINGS, () -> now);

    @BeforeEach
    void choose() {
        assertThat(nodes.client(SERVICE).pick(List.of(instance, other), Picking.of(new DefaultRequest<>())))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "302, 0", "404, 0", "429, 0", "500, 1", "502, 1", "504, 1"})
    void an_answer_of_5xx_is_a_failure_of_the_instance_and_no_other_is(int status, long errors) {
        var request = start();

        complete(request, Status.SUCCESS, answer(status));

        assertThat(state().inFlight()).isZero();
        assertThat(state().requests()).isEqualTo(1);
        assertThat(state().errors()).isEqualTo(errors);
    }

    @Test
    void an_instance_that_sheds_is_no_outlier() {
        for (var i = 0; i < 100; i++) {
            complete(start(), Status.SUCCESS, answer(503));
        }

        assertThat(state().inFlight()).isZero();
        assertThat(state().errors()).isZero();
        assertThat(state().health()).isEqualTo(Health.UP);
        assertThat(healthOf(other)).isEqualTo(Health.UP);
    }

    @Test
    void no_answer_is_a_failure() {
        fail(start(), new IOException("connection reset"));
        fail(start(), new SocketTimeoutException("read timed out"));

        assertThat(state().errors()).isEqualTo(2);
    }

    @Test
    void what_its_own_caller_cut_short_is_none() {
        fail(start(), new InterruptedIOException("no time left"));

        assertThat(state().inFlight()).isZero();
        assertThat(state().errors()).isZero();
    }

    @Test
    void two_requests_that_ask_for_the_same_are_two_calls() {
        var one = start();
        var other = start();
        assertThat(state().inFlight()).isEqualTo(2);

        complete(one, Status.SUCCESS, answer(200));
        complete(other, Status.SUCCESS, answer(200));

        assertThat(state().inFlight()).isZero();
        assertThat(state().requests()).isEqualTo(2);
    }

    @Test
    void a_call_that_its_caller_tells_of_too_counts_once() {
        try (var call = nodes.begin(SERVICE, instance)) {
            var request = start();
            assertThat(state().inFlight()).isEqualTo(1);
            complete(request, Status.SUCCESS, answer(200));
            call.succeeded();
        }

        assertThat(state().inFlight()).isZero();
        assertThat(state().requests()).isEqualTo(1);
    }

    @Test
    void a_call_that_is_told_of_inside_of_execute_too_counts_once_as_who_knows_better_says() {
        var request = start();
        try (var call = nodes.begin(SERVICE, instance)) {
            assertThat(state().inFlight()).isEqualTo(1);
            call.failed();
        }
        complete(request, Status.SUCCESS, "a body that could not be read");

        assertThat(state().inFlight()).isZero();
        assertThat(state().requests()).isEqualTo(1);
        assertThat(state().errors()).isEqualTo(1);
    }

    @Test
    void two_calls_that_one_caller_tells_of_are_two() {
        var first = nodes.begin(SERVICE, instance);
        var second = nodes.begin(SERVICE, instance);
        assertThat(state().inFlight()).isEqualTo(2);

        first.succeeded();
        second.succeeded();

        assertThat(state().requests()).isEqualTo(2);
    }

    @Test
    void a_reactive_call_that_is_under_way_is_not_the_next_one_of_its_thread() {
        var reactive = new DefaultRequest<Object>(new RequestDataContext(asked(), "default"));
        lifecycle.onStartRequest(reactive, new DefaultResponse(instance));

        var own = nodes.begin(SERVICE, instance);
        assertThat(state().inFlight()).isEqualTo(2);

        var another = new DefaultRequest<Object>(new RequestDataContext(asked(), "default"));
        lifecycle.onStartRequest(another, new DefaultResponse(instance));
        assertThat(state().inFlight()).isEqualTo(3);

        own.succeeded();
        complete(reactive, Status.SUCCESS, answer(200));
        complete(another, Status.SUCCESS, answer(200));
        assertThat(state().requests()).isEqualTo(3);
    }

    @Test
    void calls_of_whose_end_nothing_is_heard_are_forgotten_and_say_nothing_of_their_instance() {
        var answered = start();
        now += 5_000_000;
        complete(answered, Status.SUCCESS, answer(200));
        var unheard = IntStream.range(0, 100).mapToObj(i -> start()).toList();
        now += ABANDONED_AFTER.toNanos() + 1;
        var latency = state().latency();

        var next = start();

        assertThat(state().inFlight()).isEqualTo(1);
        assertThat(state().errors()).isZero();
        assertThat(state().health()).isEqualTo(Health.UP);
        assertThat(state().latency()).isEqualTo(latency);

        complete(next, Status.SUCCESS, answer(200));
        unheard.forEach(late -> complete(late, Status.SUCCESS, answer(500)));
        assertThat(state().requests()).isEqualTo(2);
        assertThat(state().errors()).isZero();
    }

    @Test
    void a_call_to_an_instance_that_nobody_knows_harms_nobody() {
        var stranger = new DefaultServiceInstance("9", SERVICE, "localhost", 8089, false);

        nodes.begin(SERVICE, stranger).failed();

        assertThat(nodes.states(SERVICE))
                .hasSize(2)
                .allSatisfy(state -> assertThat(state.errors()).isZero());
    }

    private Request<Object> start() {
        var request = new DefaultRequest<Object>("the same");
        lifecycle.onStart(request);
        lifecycle.onStartRequest(request, new DefaultResponse(instance));
        return request;
    }

    private void fail(Request<Object> request, IOException thrown) {
        lifecycle.onComplete(new CompletionContext<>(Status.FAILED, thrown, request, new DefaultResponse(instance)));
    }

    private void complete(Request<Object> request, Status status, Object answer) {
        lifecycle.onComplete(new CompletionContext<>(status, request, new DefaultResponse(instance), answer));
    }

    private static ResponseData answer(int status) {
        return new ResponseData(
                HttpStatusCode.valueOf(status), new HttpHeaders(), new LinkedMultiValueMap<>(), asked());
    }

    private static RequestData asked() {
        return new RequestData(
                HttpMethod.GET,
                URI.create("http://order-service/"),
                new HttpHeaders(),
                new LinkedMultiValueMap<>(),
                Map.of());
    }

    private NodeState state() {
        return stateOf(instance);
    }

    private Health healthOf(ServiceInstance of) {
        return stateOf(of).health();
    }

    private NodeState stateOf(ServiceInstance of) {
        return nodes.states(SERVICE).stream()
                .filter(state -> state.instance().startsWith(of.getInstanceId() + "@"))
                .findFirst()
                .orElseThrow();
    }
}
