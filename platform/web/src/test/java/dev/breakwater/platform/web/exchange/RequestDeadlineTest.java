package dev.breakwater.platform.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestDeadlineTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "000", "-1", "-20"})
    void a_deadline_of_nothing_or_less_is_over(String header) {
        assertThat(RequestDeadline.isOver(header)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"1", "01", "5000", "soon", "", "0.5", "-"})
    void any_other_is_not(String header) {
        assertThat(RequestDeadline.isOver(header)).isFalse();
    }

    @Test
    void what_a_request_waited_for_is_taken_off_its_deadline() {
        var request = request("1000");
        RequestDeadline.arrived(
                request, System.nanoTime() - Duration.ofMillis(400).toNanos());

        assertThat(RequestDeadline.left(request, Duration.ofSeconds(5))).isLessThanOrEqualTo(Duration.ofMillis(600));
        assertThat(RequestDeadline.hasPassed(request)).isFalse();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> RequestDeadline.left(request, Duration.ofMillis(400)))
                .matches(problem -> problem.code().equals("deadline_exceeded"));
    }

    @Test
    void a_deadline_has_passed_when_the_request_waited_as_long() {
        for (var header : Arrays.asList("300", null, "soon", "0", "99999999999999999999")) {
            var request = request(header);
            RequestDeadline.arrived(
                    request, System.nanoTime() - Duration.ofMillis(400).toNanos());

            assertThat(RequestDeadline.hasPassed(request)).as(header).isEqualTo("300".equals(header));
        }
    }

    private static MockHttpServletRequest request(@Nullable String deadline) {
        var request = new MockHttpServletRequest();
        if (deadline != null) {
            request.addHeader(RequestDeadline.HEADER, deadline);
        }
        return request;
    }
}
