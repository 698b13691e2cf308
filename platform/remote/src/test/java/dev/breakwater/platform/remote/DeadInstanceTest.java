package dev.breakwater.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.loadbalancing.Nodes;
import dev.breakwater.platform.loadbalancing.Nodes.NodeState;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** With so much time that the living one is never taken for dead, however busy the machine is. */
@TestPropertySource(properties = {"breakwater.remote.longest-request=30s", "breakwater.remote.connect-timeout=30s"})
class DeadInstanceTest extends RemoteTest {

    @Autowired
    private Nodes nodes;

    @Test
    void with_one_of_two_instances_dead_no_read_of_many_at_a_time_fails() throws Exception {
        var answers = atATime(50, 500, () -> of("dead").item("lamp").name());

        assertThat(answers).hasSize(500).containsOnly("first");
        assertThat(nodes.states("dead"))
                .extracting(NodeState::health)
                .containsExactlyInAnyOrder(Health.EJECTED, Health.UP);
    }
}
