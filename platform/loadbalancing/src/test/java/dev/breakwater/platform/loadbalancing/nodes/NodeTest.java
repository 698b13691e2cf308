package dev.breakwater.platform.loadbalancing.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeTest {

    private static final Duration SLOW_START = Duration.ofSeconds(10);
    private static final Duration TAU = Duration.ofSeconds(10);
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final EjectionSettings NEVER =
            new EjectionSettings(Integer.MAX_VALUE, 1, 1_000_000, TAU, TAU, TAU, 0);

    private long now = 17 * SECOND;

    @Test
    void a_new_node_gets_a_share_that_grows_to_the_whole() {
        var node = Node.cold("new", 1, now, SLOW_START, TAU);

        assertThat(node.share(now)).isEqualTo(0.1);
        assertThat(node.health(now)).isEqualTo(Health.WARMING);
        assertThat(node.share(now + 3 * SECOND)).isCloseTo(0.3, within(1e-9));
        assertThat(node.share(now + 9 * SECOND)).isCloseTo(0.9, within(1e-9));
        assertThat(node.share(now + 10 * SECOND)).isEqualTo(1);
        assertThat(node.health(now + 10 * SECOND)).isEqualTo(Health.UP);
    }

    @Test
    void without_a_slow_start_it_gets_the_whole_at_once() {
        assertThat(Node.cold("new", 1, now, Duration.ZERO, TAU).share(now)).isEqualTo(1);
    }

    @Test
    void calls_are_known_while_and_after_they_run() {
        var node = warm();
        var first = begin(node);
        var second = begin(node);
        var third = begin(node);
        assertThat(node.inFlight()).isEqualTo(3);

        now += 5 * MILLI;
        first.succeeded();
        second.failed();
        third.close();

        assertThat(node.inFlight()).isZero();
        assertThat(node.requests()).isEqualTo(2);
        assertThat(node.errors()).isEqualTo(1);
        assertThat(node.lastSeen()).isEqualTo(now);
    }

    @Test
    void a_call_ends_as_was_said_first() {
        var node = warm();
        try (var call = begin(node)) {
            call.failed();
            call.succeeded();
        }

        assertThat(node.inFlight()).isZero();
        assertThat(node.requests()).isEqualTo(1);
        assertThat(node.errors()).isEqualTo(1);
    }

    @Test
    void a_node_that_fails_at_once_does_not_look_fast() {
        var node = warm();
        var answered = begin(node);
        now += 5 * MILLI;
        answered.succeeded();

        for (var i = 0; i < 20; i++) {
            begin(node).failed();
        }

        assertThat(node.latency(now)).isCloseTo(10.0 * SECOND, within(0.01 * SECOND));
    }

    @Test
    void a_call_that_was_closed_without_a_word_took_at_least_as_long_as_others() {
        var node = warm();
        var answered = begin(node);
        now += 5 * MILLI;
        answered.succeeded();

        begin(node).close();
        assertThat(node.latency(now)).isCloseTo(5.0 * MILLI, within(0.01 * MILLI));

        var cutShort = begin(node);
        now += 50 * MILLI;
        cutShort.close();
        assertThat(node.latency(now)).isCloseTo(50.0 * MILLI, within(0.01 * MILLI));
        assertThat(node.requests()).isEqualTo(1);
        assertThat(node.errors()).isZero();
    }

    @Test
    void a_call_of_which_nothing_is_known_is_over_and_says_nothing() {
        var node = warm();
        var call = begin(node);
        now += 300 * SECOND;

        call.forgotten();

        assertThat(node.inFlight()).isZero();
        assertThat(node.latency(now)).isZero();
    }

    private Node warm() {
        return Node.warm("warm", 1, now, SLOW_START, TAU);
    }

    private Call begin(Node node) {
        return Call.begin(node, new Ejections("service", () -> NEVER), () -> now);
    }
}
