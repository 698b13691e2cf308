package dev.breakwater.platform.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The hand-over between leaders under all interleavings that Lincheck tries: every call returns, after its own item was
 * written exactly once, with its own result, or was withdrawn and never written. A lost wake-up shows as a call that
 * hangs, a leader who takes what another took as a wrong count.
 */
@Param(name = "item", gen = IntGen.class, conf = "1:3")
@Param(name = "patience", gen = IntGen.class, conf = "0:1")
public class IngestBatchInterleavingsTest {

    /** How often each item has been written: what a caller gets back is the number of his own writing. */
    private final Map<Integer, Integer> table = new ConcurrentHashMap<>();

    private final IngestBatch<Integer, Integer> batch = new IngestBatch<>(this::count, LIMITS, fault -> false);

    private static final BatchLimits LIMITS = new BatchLimits(1, 2, 10);

    /** About as long as a batch takes under stress; the clock of the model checker stands still. */
    private static final Duration SHORT = Duration.ofNanos(20_000);

    /** Hurried items are numbered on from here, so that whether one was written changes nobody else's count. */
    private final AtomicInteger hurried = new AtomicInteger();

    private final Queue<Integer> written = new ConcurrentLinkedQueue<>();

    @Operation
    public int write(@Param(name = "item") int item) {
        return batch.write(item, Duration.ofDays(1));
    }

    /**
     * Its time may be over while it queues; which of the two answers it gets depends on who is first, a leader or it.
     */
    @Operation
    public void writeHurriedly(@Param(name = "item") int item, @Param(name = "patience") int patience) {
        var own = 10 * hurried.incrementAndGet() + item;
        try {
            if (batch.write(own, SHORT.multipliedBy(patience)) == 1) {
                written.add(own);
            }
        } catch (NotWrittenException e) {
            if (e.why() != NotWrittenException.Cause.WAITED_TOO_LONG) {
                throw e;
            }
        }
    }

    @Validate
    public void what_is_in_the_table_was_answered_so_and_what_was_withdrawn_is_not_in_it() {
        var inTable = table.keySet().stream().filter(item -> item > 10).collect(Collectors.toSet());
        if (!inTable.equals(Set.copyOf(written))) {
            throw new IllegalStateException("answered as written: " + written + ", in the table: " + inTable);
        }
    }

    /** A batch of several that holds a 3 fails: halves and single callers take part in the interleavings. */
    private List<Integer> count(List<Integer> items) {
        if (items.size() > 1 && items.stream().anyMatch(item -> item % 10 == 3)) {
            throw new IllegalArgumentException("3 is written alone");
        }
        var results = new ArrayList<Integer>();
        for (var item : items) {
            results.add(table.merge(item, 1, Integer::sum));
        }
        return results;
    }

    /** What it has to look like: a counter for each item that is not hurried. */
    public static class Counters {

        private final Map<Integer, Integer> counts = new HashMap<>();

        public int write(int item) {
            return counts.merge(item, 1, Integer::sum);
        }

        public void writeHurriedly(int item, int patience) {}
    }

    @Test
    void every_caller_is_answered_with_his_own_write_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(7)
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
