package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.breakwater.platform.servers.CannotStartException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrkTest {

    @Test
    void what_the_script_tells_is_found_among_what_wrk_says() {
        var round = Wrk.parse("""
                Running 1s test @ http://localhost:8082/api/v1/products/SKU-000001
                  2 threads and 64 connections
                  Thread Stats   Avg      Stdev     Max   +/- Stdev
                    Latency     2.41ms    1.13ms  25.06ms   83.62%%
                  27103 requests in 1.10s, 15.79MB read
                Requests/sec:  24634.10
                requests 200000 micros 1100223 unanswered 0 refused 0
                """ + latencies(), Wrk.Expected.FOUND);

        assertThat(round.done()).isEqualTo(200_000);
        assertThat(round.took()).isEqualTo(Duration.ofNanos(1_100_223_000));
        assertThat(round.micros().getTotalCount()).isEqualTo(200_000);
        assertThat(round.percentileMillis(50)).isCloseTo(0.5, within(0.01));
        assertThat(round.percentileMillis(99)).isCloseTo(0.99, within(0.01));
    }

    @Test
    void a_round_with_errors_is_no_figure() {
        assertThatThrownBy(() ->
                        Wrk.parse("requests 90 micros 1000000 unanswered 2 refused 3\nlatency 5\n", Wrk.Expected.FOUND))
                .hasMessage("of 90 calls 2 were not answered and 3 answered with an error");
    }

    @Test
    void where_refusals_are_expected_anything_else_is_no_figure() {
        var refused =
                Wrk.parse("requests 90 micros 1000000 unanswered 0 refused 90\nlatency 5\n", Wrk.Expected.REFUSED);

        assertThat(refused.done()).isEqualTo(90);
        assertThatThrownBy(() -> Wrk.parse(
                        "requests 90 micros 1000000 unanswered 0 refused 89\nlatency 5\n", Wrk.Expected.REFUSED))
                .hasMessage("of 90 calls 0 were not answered and 89 answered with an error");
    }

    @Test
    void a_wrk_that_said_nothing_of_the_kind_is_quoted() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect to localhost:1 Connection refused\n", Wrk.Expected.FOUND))
                .hasMessageContaining("Connection refused");
    }

    @Test
    void a_program_that_is_missing_is_told_with_how_to_install_it() {
        assertThatThrownBy(() -> Tools.find("wrk", "apt install wrk", "/nowhere:"))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("There is no wrk on this machine; install it (apt install wrk).");
    }

    @Test
    void a_program_is_found_on_the_path() {
        assertThat(Tools.find("sh", "", "/nowhere:/bin")).hasToString("/bin/sh");
    }

    /** One each microsecond up to a thousand. */
    private static String latencies() {
        return IntStream.rangeClosed(1, 1_000)
                .mapToObj(micros -> "latency " + micros + "\n")
                .collect(Collectors.joining());
    }
}
