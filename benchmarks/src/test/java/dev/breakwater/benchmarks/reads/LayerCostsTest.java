package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.benchmarks.reads.LayerCosts.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerCostsTest {

    private final LayerCosts costs = new LayerCosts();

    @Test
    void a_sample_belongs_to_the_innermost_layer() {
        costs.add(
                stack("a.Outer#doFilter", "b.OncePerRequestFilter#doFilter", "c.Inner#doFilterInternal", "d.Work#go"));
        costs.add(stack(
                "a.Outer#doFilter", "b.ApplicationFilterChain#doFilter", "e.Chain$$Lambda.0x01#doFilter", "d.Work#go"));
        costs.add(stack("a.Outer#doFilter", "x.routing.OnwardCall#send", "java.net.Socket#read"));
        costs.add(stack("java.lang.Thread#run"));

        assertThat(costs.samples()).isEqualTo(4);
        assertThat(costs.shares())
                .containsExactly(
                        Map.entry(LayerCosts.BESIDE, 0.25),
                        Map.entry("Outer", 0.25),
                        Map.entry("OnwardCall: sends, waits, reads", 0.25),
                        Map.entry("Inner", 0.25));
    }

    /** @param frames from the outermost on */
    private static List<Frame> stack(String... frames) {
        return Arrays.stream(frames)
                .map(frame -> frame.split("#"))
                .map(parts -> new Frame(parts[0], parts[1]))
                .toList()
                .reversed();
    }
}
