package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.web.exchange.ConcurrencyLimitValve;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Room for three requests, over HTTP; what is inside stays until it is let go. */
@WebTest
@Import(ConcurrencyLimitTest.Held.class)
@TestPropertySource(properties = "breakwater.web.requests-at-a-time=3")
@Timeout(60)
class ConcurrencyLimitTest {

    private final int port;
    private final int managementPort;
    private final Held held;
    private final ConcurrencyLimitValve limit;
    private final MeterRegistry meters;

    @Autowired
    ConcurrencyLimitTest(
            @LocalServerPort int port,
            @LocalManagementPort int managementPort,
            Held held,
            ConcurrencyLimitValve limit,
            MeterRegistry meters) {
        this.port = port;
        this.managementPort = managementPort;
        this.held = held;
        this.limit = limit;
        this.meters = meters;
    }

    @Test
    void beyond_the_room_a_request_is_refused_at_once_and_health_is_not() throws Exception {
        var inside = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < 3; n++) {
                inside.add(threads.submit(() -> send(request(port, "/held").header("Authorization", alice()))
                        .statusCode()));
            }
            await().until(() -> limit.inside() == 3);

            var refused = send(request(port, "/open"));
            assertProblem(refused, 503, "overloaded");
            assertThat(refused.headers().allValues("Retry-After")).containsExactly("1");
            assertThat(refused.headers().allValues("X-Trace-Id")).hasSize(1);
            assertThat(refused.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(meters.get("web.requests.refused").functionCounter().count())
                    .isEqualTo(1);
            assertThat(meters.get("web.requests.inside").gauge().value()).isEqualTo(3);
            assertThat(send(request(managementPort, "/actuator/health/liveness"))
                            .statusCode())
                    .isEqualTo(200);

            held.go.countDown();
            for (var one : inside) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        await().until(() -> limit.inside() == 0);
        assertThat(send(request(port, "/open")).statusCode()).isEqualTo(200);
    }

    @Configuration
    @RestController
    static class Held {

        private final CountDownLatch go = new CountDownLatch(1);

        @GetMapping("/held")
        String held() throws InterruptedException {
            go.await();
            return "held";
        }
    }
}
