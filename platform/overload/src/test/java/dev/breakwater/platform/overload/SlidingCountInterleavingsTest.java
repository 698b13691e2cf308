package dev.breakwater.platform.overload;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Counting under all interleavings that Lincheck tries, where it is hardest: in a slice whose place is being taken over
 * by the one a whole window later. Nothing is lost, and nothing of the old window counts in the new one.
 */
@Param(name = "window", gen = IntGen.class, conf = "0:1")
public class SlidingCountInterleavingsTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final SlidingCount count = new SlidingCount(WINDOW, 0);

    @Operation
    public void add(@Param(name = "window") int window) {
        count.add(window * WINDOW.toNanos());
    }

    @Operation
    public void takeBack(@Param(name = "window") int window) {
        count.takeBack(window * WINDOW.toNanos());
    }

    @Operation
    public long sum(@Param(name = "window") int window) {
        return count.sum(window * WINDOW.toNanos());
    }

    /** What it has to look like: one after another. */
    public static class OneByOne {

        private int window;
        private long count;

        public void add(int then) {
            if (then > window) {
                window = then;
                count = 0;
            }
            count++;
        }

        public void takeBack(int then) {
            if (then == window && count > 0) {
                count--;
            }
        }

        public long sum(int now) {
            return now == window ? count : 0;
        }
    }

    @Test
    void nothing_is_lost_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(8)
                .invocationsPerIteration(300)
                .sequentialSpecification(OneByOne.class)
                .check(SlidingCountInterleavingsTest.class);
    }

    @Test
    void nothing_is_lost_under_stress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(5)
                .invocationsPerIteration(500)
                .sequentialSpecification(OneByOne.class)
                .check(SlidingCountInterleavingsTest.class);
    }
}
