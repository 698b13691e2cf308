package dev.breakwater.platform.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

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
}
