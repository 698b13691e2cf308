package dev.breakwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

    @Test
    void what_others_got_is_a_share_of_what_was_wanted() {
        var before = ProcessorTime.parse("cpu  100 0 50 1000 10 0 5 20 0 0").orElseThrow();
        var after = ProcessorTime.parse("cpu  160 5 60 2000 90 3 7 40 0 0").orElseThrow();

        assertThat(before).isEqualTo(new ProcessorTime(155, 20));
        assertThat(after.stolenSince(before)).isCloseTo(0.2, within(1e-9));
        assertThat(after.stolenSince(after)).isZero();
    }

    @Test
    void another_line_says_nothing() {
        assertThat(ProcessorTime.parse("cpu0 100 0 50 1000 10 0 5 20 0 0")).isEmpty();
        assertThat(ProcessorTime.parse("cpu  100 0 50 1000")).isEmpty();
        assertThat(ProcessorTime.parse("")).isEmpty();
    }
}
