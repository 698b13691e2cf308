package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AdminCallsTest extends LimitedGateway {

    @Test
    void the_gateway_writes_down_what_it_carried_out_or_refused_and_not_what_it_passed_on(CapturedOutput output) {
        INVENTORY.answers(200, "{}");
        assertThat(send(json(asAdmin("/api/v1/products/S/stock"), "{}")).statusCode())
                .isEqualTo(200);
        assertThat(statuses(3, () -> send(as(customer, "/api/v1/audit")))).containsExactly(403, 403, 429);
        send(from("198.51.100.77", "/api/v1/admin/preheat"));
        send(json(asAdmin("/api/v1/nowhere"), "{}"));

        await().untilAsserted(() -> assertThat(lines(output))
                .containsExactly(
                        "admin=" + customer + " method=GET path=/api/v1/audit status=403",
                        "admin=" + customer + " method=GET path=/api/v1/audit status=403",
                        "admin=" + customer + " method=GET path=/api/v1/audit status=429",
                        "admin=- method=GET path=/api/v1/admin/preheat status=401",
                        "admin=admin method=POST path=/api/v1/nowhere status=404"));
    }

    private static Stream<String> lines(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains("admin call"))
                .map(line -> line.substring(line.indexOf("admin=")));
    }
}
