package dev.breakwater.platform.loadbalancing.nodes;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Cost and time change together: an observation that overwrote another one would show as a peak that nobody saw. */
@Param(name = "millis", gen = IntGen.class, conf = "1:9")
@Param(name = "second", gen = IntGen.class, conf = "0:3")
public class PeakEwmaInterleavingsTest {

    /** Whole ticks of the average: so the formula knows nothing of its rounding. */
    private static final long SECOND = 1 << 30;

    private static final long MILLI = 1_000_000;

    private final PeakEwma latency = new PeakEwma(Duration.ofNanos(SECOND));

    @Operation
    public void observe(@Param(name = "millis") int millis, @Param(name = "second") int second) {
        latency.observe(millis * MILLI, second * SECOND);
    }

    @Operation
    public long at(@Param(name = "second") int second) {
        return Math.round(latency.at(second * SECOND) / MILLI * 100);
    }

    /** The formula, with a lock. */
    public static class Formula {

        private double cost;
        private int since;

        public synchronized void observe(int millis, int second) {
            var kept = Math.exp(-Math.max(0, second - since));
            cost = cost == 0 || millis >= cost ? millis : cost * kept + millis * (1 - kept);
            since = second;
        }

        public synchronized long at(int second) {
            return Math.round(cost * Math.exp(-Math.max(0, second - since)) * 100);
        }
    }

    @Test
    void every_observation_counts_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .iterations(20)
                .invocationsPerIteration(500)
                .sequentialSpecification(Formula.class)
                .check(PeakEwmaInterleavingsTest.class);
    }

    @Test
    void every_observation_counts_under_stress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(Formula.class)
                .check(PeakEwmaInterleavingsTest.class);
    }
}
