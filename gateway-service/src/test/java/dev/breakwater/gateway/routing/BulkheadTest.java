package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.gateway.GatewayUnderTest;
import dev.breakwater.gateway.StubService.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "breakwater.gateway.restraint.at-a-time=2")
class BulkheadTest extends GatewayUnderTest {

    @Test
    void a_service_that_hangs_has_so_many_waiting_and_no_more_and_the_others_have_room() {
        var over = new CountDownLatch(1);
        PAYMENTS.answers(question -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return new Answer(200, "{}", Map.of());
        });
        ORDERS.answers(200, "{}");

        var waiting = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> send(asAlice("/api/v1/payments/1")), Thread::startVirtualThread))
                .limit(2)
                .toList();
        try {
            await().until(() -> PAYMENTS.asked().size() == 2);

            var refused = send(asAlice("/api/v1/payments/1"));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"overloaded\"");
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(PAYMENTS.asked()).hasSize(2);
            assertThat(send(asAlice("/api/v1/orders/1")).statusCode()).isEqualTo(200);
        } finally {
            over.countDown();
        }
        assertThat(waiting).allMatch(call -> call.join().statusCode() == 200);
        assertThat(send(asAlice("/api/v1/payments/1")).statusCode()).isEqualTo(200);
    }
}
