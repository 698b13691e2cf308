package dev.breakwater.platform.loadbalancing.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EjectionsTest {

    private static final long SECOND = 1_000_000_000;
    private static final Duration SLOW_START = Duration.ofSeconds(10);

    private long now;
    private EjectionSettings settings = new EjectionSettings(
            3, 0.5, 10, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(12), 0.5);
    private final List<Node> nodes = IntStream.range(0, 5)
            .mapToObj(i -> Node.warm("node-" + i, 1, now, SLOW_START, Duration.ofSeconds(10)))
            .toList();
    private final Ejections ejections = new Ejections("service", () -> settings);

    EjectionsTest() {
        ejections.among(nodes);
    }

    @Test
    void a_node_that_fails_some_times_in_a_row_rests() {
        fail(0, 2);
        assertThat(health(0)).isEqualTo(Health.UP);

        fail(0, 1);

        assertThat(health(0)).isEqualTo(Health.EJECTED);
        assertThat(nodes.getFirst().share(now)).isZero();
    }

    @Test
    void an_answer_between_them_makes_it_no_row() {
        fail(0, 2);
        succeed(0, 1);
        fail(0, 2);

        assertThat(health(0)).isEqualTo(Health.UP);
    }

    @Test
    void a_node_that_fails_half_its_calls_rests_once_there_are_enough_of_them() {
        for (var i = 0; i < 4; i++) {
            succeed(0, 1);
            fail(0, 1);
        }
        assertThat(health(0)).isEqualTo(Health.UP);

        succeed(0, 1);
        fail(0, 1);

        assertThat(health(0)).isEqualTo(Health.EJECTED);
    }

    @Test
    void failures_of_an_earlier_window_are_forgotten() {
        for (var i = 0; i < 4; i++) {
            succeed(0, 1);
            fail(0, 1);
        }
        now += 10 * SECOND;
        succeed(0, 9);
        fail(0, 2);

        assertThat(health(0)).isEqualTo(Health.UP);
    }

    @Test
    void it_comes_back_by_itself_and_slowly() {
        fail(0, 3);

        now += 5 * SECOND;

        assertThat(health(0)).isEqualTo(Health.WARMING);
        assertThat(nodes.getFirst().share(now)).isEqualTo(0.1);
        now += 10 * SECOND;
        assertThat(nodes.getFirst().share(now)).isEqualTo(1);
    }

    @Test
    void after_a_rest_one_failure_brings_on_a_longer_one_up_to_a_bound() {
        fail(0, 3);
        now += 5 * SECOND;
        fail(0, 1);

        now += 9 * SECOND;
        assertThat(health(0)).isEqualTo(Health.EJECTED);
        now += SECOND;
        assertThat(health(0)).isEqualTo(Health.WARMING);

        fail(0, 1);
        now += 12 * SECOND - 1;
        assertThat(health(0)).isEqualTo(Health.EJECTED);
        now += 1;
        assertThat(health(0)).isEqualTo(Health.WARMING);
    }

    @Test
    void a_node_that_was_good_for_long_rests_as_if_it_were_the_first_time() {
        fail(0, 3);
        now += 5 * SECOND;
        fail(0, 1);
        now += 10 * SECOND;
        succeed(0, 1);
        now += 10 * SECOND;

        fail(0, 3);

        now += 5 * SECOND;
        assertThat(health(0)).isEqualTo(Health.WARMING);
    }

    @Test
    void a_node_that_failed_for_long_is_good_again_as_soon_as_one_that_rested_for_the_longest_time() {
        fail(0, 3);
        for (var i = 0; i < 20; i++) {
            restOver();
            fail(0, 1);
        }
        restOver();

        now += 15 * SECOND;
        fail(0, 3);

        now += 5 * SECOND;
        assertThat(health(0)).isEqualTo(Health.WARMING);
    }

    @Test
    void a_place_that_comes_with_other_settings_or_nodes_is_taken_at_once() {
        ejections.among(nodes.subList(0, 1));
        fail(0, 10);
        assertThat(health(0)).isEqualTo(Health.UP);

        ejections.among(nodes.subList(0, 2));
        fail(0, 1);
        assertThat(health(0)).isEqualTo(Health.EJECTED);

        fail(1, 10);
        assertThat(health(1)).isEqualTo(Health.UP);
        settings = new EjectionSettings(
                3, 0.5, 10, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(12), 1);
        fail(1, 1);
        assertThat(health(1)).isEqualTo(Health.EJECTED);
    }

    @Test
    void never_more_than_a_share_of_all_rest_at_a_time() {
        for (var node = 0; node < 5; node++) {
            fail(node, 10);
        }
        assertThat(resting()).isEqualTo(2);

        now += 5 * SECOND;
        fail(4, 1);

        assertThat(health(4)).isEqualTo(Health.EJECTED);
        assertThat(resting()).isEqualTo(1);
    }

    @Test
    void a_node_alone_is_never_ejected() {
        ejections.among(nodes.subList(0, 1));

        fail(0, 100);

        assertThat(health(0)).isEqualTo(Health.UP);
    }

    @Test
    void a_node_that_is_gone_takes_nobodys_place() {
        ejections.among(nodes.subList(1, 5));

        fail(0, 3);

        assertThat(health(0)).isEqualTo(Health.UP);
    }

    @Test
    void other_settings_hold_from_the_next_call_on() {
        settings = new EjectionSettings(
                1, 0.5, 10, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(12), 0.5);

        fail(0, 1);

        assertThat(health(0)).isEqualTo(Health.EJECTED);
        now += SECOND;
        assertThat(health(0)).isEqualTo(Health.WARMING);
    }

    private void restOver() {
        while (health(0) == Health.EJECTED) {
            now += SECOND;
        }
    }

    private void fail(int node, int times) {
        IntStream.range(0, times).forEach(i -> begin(node).failed());
    }

    private void succeed(int node, int times) {
        IntStream.range(0, times).forEach(i -> begin(node).succeeded());
    }

    private Call begin(int node) {
        return Call.begin(nodes.get(node), ejections, () -> now);
    }

    private Health health(int node) {
        return nodes.get(node).health(now);
    }

    private long resting() {
        return nodes.stream().filter(node -> node.isEjected(now)).count();
    }
}
