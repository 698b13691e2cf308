package dev.breakwater.platform.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.breakwater.platform.loadbalancing.Nodes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

class NextInstanceTest extends RemoteTest {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Nodes nodes;

    @Test
    void a_read_that_an_instance_cannot_be_asked_is_answered_by_the_next() {
        for (var i = 0; i < 10; i++) {
            assertThat(of("half").item("lamp").name()).isEqualTo("first");
        }
    }

    @Test
    void a_read_whose_answer_broke_off_or_did_not_come_is_answered_by_the_next() {
        FIRST.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        for (var i = 0; i < 4; i++) {
            assertThat(of("two").item("lamp").name()).isEqualTo("second");
        }
        answeringAfter(FIRST, Duration.ofSeconds(2));
        for (var i = 0; i < 4; i++) {
            assertThat(of("two").item("lamp").name()).isEqualTo("second");
        }
    }

    @Test
    void a_write_is_never_repeated() {
        FIRST.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        SECOND.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        for (var i = 0; i < 4; i++) {
            assertThatExceptionOfType(ResourceAccessException.class)
                    .isThrownBy(() -> of("two").add());
        }

        assertThat(asked(FIRST) + asked(SECOND)).isEqualTo(4);
    }

    @Test
    void a_bad_answer_is_an_answer() {
        answering(FIRST, 503);
        answering(SECOND, 503);

        assertThatExceptionOfType(HttpServerErrorException.class)
                .isThrownBy(() -> of("two").item("lamp"));

        assertThat(asked(FIRST) + asked(SECOND)).isEqualTo(1);
    }

    @Test
    void the_only_instance_is_not_asked_twice() {
        answeringAfter(FIRST, Duration.ofSeconds(2));

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> of("single").item("lamp"));

        assertThat(asked(FIRST)).isEqualTo(1);
    }

    @Test
    void nobody_else_is_asked_when_the_time_is_over() {
        answeringAfter(FIRST, Duration.ofSeconds(2));
        answeringAfter(SECOND, Duration.ofSeconds(2));

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> CallDeadline.in(Duration.ofMillis(200))
                        .during(() -> of("two").item("lamp")));

        assertThat(asked(FIRST) + asked(SECOND)).isEqualTo(1);
    }

    @Test
    void a_storm_of_failures_is_answered_by_no_more_second_tries_than_there_is_a_budget_for() throws Exception {
        // Not a connection that closes without a word, which the JDK's client takes for a stale one and tries anew
        // itself.
        FIRST.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
        SECOND.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));

        var answers = atATime(20, 500, () -> {
            try {
                return of("storm").item("lamp").name();
            } catch (ResourceAccessException e) {
                return "none";
            }
        });

        assertThat(answers).hasSize(500).containsOnly("none");
        // A tenth of 500, and 5/s in the window of 10 s.
        assertThat(counted("remote.retries")).isPositive().isLessThanOrEqualTo(100);
        assertThat(counted("remote.retries") + counted("remote.retries.refused"))
                .isEqualTo(500);
        assertThat(asked(FIRST) + asked(SECOND)).isLessThanOrEqualTo(600);
    }

    @Test
    void callers_in_a_hurry_do_not_take_an_instance_out_for_everybody() {
        answeringAfter(FIRST, Duration.ofMillis(150));
        answeringAfter(SECOND, Duration.ofMillis(150));

        for (var i = 0; i < 20; i++) {
            assertThatExceptionOfType(ResourceAccessException.class)
                    .isThrownBy(() -> CallDeadline.in(Duration.ofMillis(40))
                            .during(() -> of("hurried").item("lamp")));
        }

        assertThat(nodes.states("hurried"))
                .allSatisfy(state -> assertThat(state.errors()).isZero());
    }

    private double counted(String name) {
        var counter = meters.find(name).tag("service", "storm").meter();
        return counter == null ? 0 : counter.measure().iterator().next().getValue();
    }
}
