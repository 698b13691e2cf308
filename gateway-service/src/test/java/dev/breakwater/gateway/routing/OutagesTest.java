package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Of the inventory there are two instances here, one of which is down. */
class OutagesTest extends GatewayUnderTest {

    private static final int NOBODY_LISTENS = freePort();

    private final CountDownLatch released = new CountDownLatch(1);

    @DynamicPropertySource
    static void halfOfIt(DynamicPropertyRegistry registry) {
        var instances = "spring.cloud.discovery.client.simple.instances.";
        registry.add(instances + "inventory-service[1].uri", () -> "http://127.0.0.1:" + NOBODY_LISTENS);
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void a_read_that_meets_a_dead_instance_is_answered_by_another() {
        INVENTORY.answers(200, "{}");

        for (int i = 0; i < 10; i++) {
            assertThat(send(request("/api/v1/products/S")).statusCode()).isEqualTo(200);
        }
        assertThat(INVENTORY.asked()).hasSize(10);
    }

    @Test
    void a_write_that_an_instance_did_not_even_take_is_taken_by_another() {
        INVENTORY.answers(200, "{}");

        for (int i = 0; i < 10; i++) {
            assertThat(send(json(asAdmin("/api/v1/products/S/stock"), "{}")).statusCode())
                    .isEqualTo(200);
        }
        assertThat(INVENTORY.asked()).hasSize(10);
    }

    @Test
    void a_write_that_an_instance_took_and_did_not_answer_is_not_repeated() {
        ORDERS.answers(question -> {
            throw new IOException("killed");
        });

        var answer = send(json(asAlice("/api/v1/orders"), "{}"));

        isProblem(answer, 503, "service_unavailable");
        assertThat(ORDERS.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void a_service_whose_only_instance_breaks_off_is_a_problem_that_says_when_to_come_back(String method) {
        PAYMENTS.answers(question -> {
            throw new IOException("killed");
        });

        var answer = send(asAlice("/api/v1/payments/1").method(method, BodyPublishers.noBody()));

        isProblem(answer, 503, "service_unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void an_answer_that_does_not_come_in_the_routes_time_is_a_504() {
        ORDERS.answers(question -> never());

        var answer = send(asAlice("/api/v1/orders"));

        isProblem(answer, 504, "deadline_exceeded");
        assertThat(answer.body()).contains("The order-service did not answer in time.");
        assertThat(ORDERS.asked()).hasSize(1);
    }

    @Test
    void the_clients_deadline_bounds_the_call() {
        ORDERS.answers(question -> never());
        var started = System.nanoTime();

        var answer = send(asAlice("/api/v1/orders").header("X-Request-Deadline-Ms", "200"));

        isProblem(answer, 504, "deadline_exceeded");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)).isBetween(200L, 1500L);
    }

    @Test
    void what_is_left_of_the_deadline_is_passed_on_and_never_more_than_the_routes_limit() {
        ORDERS.answers(200, "{}");

        send(asAlice("/api/v1/orders").header("X-Request-Deadline-Ms", "1500"));
        assertThat(deadlinePassedOn()).isBetween(1000L, 1499L);

        send(asAlice("/api/v1/orders").header("X-Request-Deadline-Ms", "99999999999999999999"));
        assertThat(deadlinePassedOn()).isBetween(1500L, 2000L);

        send(asAlice("/api/v1/orders"));
        assertThat(deadlinePassedOn()).isBetween(1500L, 2000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "soon", "1e3", " ", "+5", "000"})
    void a_deadline_that_is_not_a_positive_whole_number_is_refused(String deadline) {
        var answer = send(asAlice("/api/v1/orders").header("X-Request-Deadline-Ms", deadline));

        isProblem(answer, 400, "invalid_deadline");
        assertThat(ORDERS.asked()).isEmpty();
    }

    @Test
    void an_error_of_the_service_is_its_own_to_explain() {
        var problem = "{\"code\":\"order_not_cancellable\"}";
        ORDERS.answers(question ->
                new Answer(409, problem, Map.of("Content-Type", "application/problem+json", "Retry-After", "7")));

        var answer = send(asAlice("/api/v1/orders/1/cancel").method("POST", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo(problem);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    }

    private long deadlinePassedOn() {
        return Long.parseLong(String.valueOf(ORDERS.lastAsked().header("X-Request-Deadline-Ms")));
    }

    private Answer never() throws IOException {
        try {
            assertThat(released.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        throw new IOException("too late");
    }

    private static void isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"%s\"".formatted(code));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
