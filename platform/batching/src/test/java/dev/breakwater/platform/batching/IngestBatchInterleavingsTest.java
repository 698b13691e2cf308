package dev.breakwater.platform.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * The hand-over between leaders under all interleavings that Lincheck tries: every call returns, after its own item was
 * written exactly once, with its own result. A lost wake-up shows as a call that hangs, a leader who takes what another
 * took as a wrong count.
 */
@Param(name = "item", gen = IntGen.class, conf = "1:3")
public class IngestBatchInterleavingsTest {

    /** How often each item has been written: what a caller gets back is the number of his own writing. */
    private final Map<Integer, Integer> table = new ConcurrentHashMap<>();

    private final IngestBatch<Integer, Integer> batch = new IngestBatch<>(this::count, LIMITS, fault -> false);

    private static final BatchLimits LIMITS = new BatchLimits(1, 2, 10);

    @Operation
    public int write(@Param(name = "item") int item) {
        return batch.write(item, Duration.ofDays(1));
    }

    /** A batch of several that holds a 3 fails: halves and single callers take part in the interleavings. */
    private List<Integer> count(List<Integer> items) {
        if (items.size() > 1 && items.contains(3)) {
            throw new IllegalArgumentException("3 is written alone");
        }
        var results = new ArrayList<Integer>();
        for (var item : items) {
            results.add(table.merge(item, 1, Integer::sum));
        }
        return results;
    }

    /** What it has to look like: a counter for each item. */
    public static class Counters {

        private final Map<Integer, Integer> counts = new HashMap<>();

        public int write(int item) {
            return counts.merge(item, 1, Integer::sum);
        }
    }

    @Test
    void every_caller_is_answered_with_his_own_write_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(10)
                .invocationsPerIteration(200)
                .sequentialSpecification(Counters.class)
                .check(IngestBatchInterleavingsTest.class);
    }

    @Test
    void every_caller_is_answered_with_his_own_write_under_stress() {
        new StressOptions()
                .threads(4)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(Counters.class)
                .check(IngestBatchInterleavingsTest.class);
    }
}
