package dev.breakwater.platform.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpServerErrorException;

/** Each test has a throttle of its own. */
class ThrottleTest extends RemoteTest {

    private static final int CALLS = 400;

    @Autowired
    private MeterRegistry meters;

    @Test
    void of_calls_that_are_not_accepted_most_are_not_made_and_no_breaker_opens() {
        FIRST.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(503)
                        .withHeader("Content-Type", "application/problem+json")
                        .withBody("{\"status\":503,\"code\":\"overloaded\"}")));

        var notMade = 0;
        for (var i = 0; i < CALLS; i++) {
            notMade += isMade("overloaded") ? 0 : 1;
        }

        // Below 10/s in the window of 10 s none is held back.
        assertThat(asked(FIRST)).isBetween(100, 200).isEqualTo(CALLS - notMade);
        assertThat(meters.get("remote.throttle.refused")
                        .tag("name", "overloaded")
                        .functionCounter()
                        .count())
                .isEqualTo(notMade);
        everybodyAnswers();
        assertThat(calls.call("another", () -> of("single").item("lamp")).name())
                .isEqualTo("first");
    }

    @Test
    void any_other_answer_is_accepted() {
        answering(FIRST, 404);

        for (var i = 0; i < CALLS; i++) {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> calls.call("accepting", () -> of("single").item("lamp")))
                    .isNotInstanceOf(NotCalledException.class);
        }

        assertThat(asked(FIRST)).isEqualTo(CALLS);
    }

    private boolean isMade(String name) {
        try {
            throw new AssertionError(calls.call(name, () -> of("single").item("lamp")));
        } catch (HttpServerErrorException e) {
            return true;
        } catch (NotCalledException e) {
            return false;
        }
    }
}
