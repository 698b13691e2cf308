package dev.breakwater.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

@ExtendWith(OutputCaptureExtension.class)
class SilentInstancesTest {

    private static final ServiceInstance FIRST = instance(8081);
    private static final ServiceInstance SECOND = instance(8091);

    private Instant now = Instant.EPOCH;
    private final InstantSource time = () -> now;
    private final SilentInstances silent = new SilentInstances(time.withZone(ZoneOffset.UTC));

    @Test
    void a_dead_instance_is_told_of_once_and_then_every_ten_seconds_with_the_number_of_calls(CapturedOutput log) {
        for (var call = 0; call < 1_000; call++) {
            silent.unanswered("orders", FIRST, "refused");
        }
        assertThat(lines(log)).singleElement().asString().contains("instance=" + FIRST.getUri(), "calls=1 ", "refused");

        pass(Duration.ofSeconds(10));
        silent.unanswered("orders", FIRST, "refused");
        silent.unanswered("orders", FIRST, "refused");
        assertThat(lines(log)).hasSize(2).last().asString().contains("calls=1000 ");
    }

    @Test
    void each_instance_is_told_of_by_itself(CapturedOutput log) {
        silent.unanswered("orders", FIRST, "refused");
        silent.unanswered("orders", SECOND, "refused");

        assertThat(lines(log)).hasSize(2);
    }

    @Test
    void an_instance_that_answers_again_is_told_of_once_with_the_calls_not_told_of_yet(CapturedOutput log) {
        silent.unanswered("orders", FIRST, "refused");
        silent.unanswered("orders", FIRST, "refused");
        pass(Duration.ofSeconds(10));
        silent.answered("orders", SECOND);
        silent.answered("orders", FIRST);
        silent.answered("orders", FIRST);
        assertThat(lines(log))
                .hasSize(2)
                .last()
                .asString()
                .contains("answers again", "instance=" + FIRST.getUri(), "unanswered=1");

        silent.unanswered("orders", FIRST, "refused");
        assertThat(lines(log)).hasSize(3).last().asString().contains("calls=1 ");
    }

    @Test
    void an_instance_that_answers_every_other_call_has_not_a_line_for_each(CapturedOutput log) {
        for (var call = 0; call < 100; call++) {
            silent.unanswered("orders", FIRST, "reset");
            silent.answered("orders", FIRST);
        }
        assertThat(lines(log)).hasSize(1);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private static List<String> lines(CapturedOutput log) {
        return log.toString()
                .lines()
                .filter(line -> line.contains("service=orders"))
                .toList();
    }

    private static ServiceInstance instance(int port) {
        var uri = URI.create("http://localhost:" + port);
        return new DefaultServiceInstance("orders-" + port, "orders", uri.getHost(), uri.getPort(), false);
    }
}
