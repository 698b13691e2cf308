package dev.breakwater.platform.loadbalancing.nodes;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Calls to three nodes end while others end too, some of them twice: each counts once, and of the three one at most is
 * ejected, however many fail at once.
 */
@Param(name = "call", gen = IntGen.class, conf = "0:5")
@Param(name = "node", gen = IntGen.class, conf = "0:2")
public class NodeInterleavingsTest {

    private static final int CALLS = 6;
    private static final int NODES = 3;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final EjectionSettings AT_THE_FIRST = new EjectionSettings(1, 1, 1, SECOND, SECOND, SECOND, 0.5);

    private final List<Node> nodes = Stream.of("a", "b", "c")
            .map(id -> Node.warm(id, 1, 0, Duration.ZERO, SECOND))
            .toList();
    private final Ejections ejections = new Ejections("service", () -> AT_THE_FIRST);
    private final List<Call> calls = Stream.iterate(0, number -> number + 1)
            .limit(CALLS)
            .map(number -> Call.begin(nodes.get(number % NODES), ejections, () -> 0))
            .toList();

    public NodeInterleavingsTest() {
        ejections.among(nodes);
    }

    @Operation
    public void end(@Param(name = "call") int call) {
        calls.get(call).succeeded();
    }

    @Operation
    public void close(@Param(name = "call") int call) {
        calls.get(call).close();
    }

    @Operation
    public boolean fail(@Param(name = "node") int node) {
        return ejections.ended(nodes.get(node), true, 1, 0);
    }

    @Validate
    public void each_call_is_counted_once_and_one_node_at_most_rests() {
        var resting = nodes.stream().filter(node -> node.share(0) == 0).count();
        var failed = nodes.stream().mapToLong(Node::errors).sum();
        var inFlight = nodes.stream().mapToInt(Node::inFlight).sum();
        var open = 0;
        for (var i = 0; i < CALLS; i++) {
            open += calls.get(i).isAt(nodes.get(i % NODES)) ? 1 : 0;
        }
        // A failure is told of without a call that began, and takes one off.
        if (resting > 1 || inFlight != open - failed) {
            throw new IllegalStateException(
                    "resting %d, in flight %d, open %d, failed %d".formatted(resting, inFlight, open, failed));
        }
    }

    /** What it has to look like: the first failure takes the one place. */
    public static class OnePlace {

        private final Set<Integer> resting = new HashSet<>();

        public void end(int call) {}

        public void close(int call) {}

        public boolean fail(int node) {
            return resting.isEmpty() && resting.add(node);
        }
    }

    @Test
    void calls_are_counted_once_and_places_taken_once_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .iterations(15)
                .invocationsPerIteration(300)
                .sequentialSpecification(OnePlace.class)
                .check(NodeInterleavingsTest.class);
    }

    @Test
    void calls_are_counted_once_and_places_taken_once_under_stress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(OnePlace.class)
                .check(NodeInterleavingsTest.class);
    }
}
