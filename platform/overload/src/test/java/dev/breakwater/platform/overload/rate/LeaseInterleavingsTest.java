package dev.breakwater.platform.overload.rate;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Calls that take, grants that come and tokens that expire, under all interleavings that Lincheck tries: as if one
 * happened after another, no token is spent twice and no debt is forgotten.
 */
@Param(name = "tokens", gen = IntGen.class, conf = "0:3")
@Param(name = "second", gen = IntGen.class, conf = "0:3")
@Param(name = "credit", gen = IntGen.class, conf = "0:2")
public class LeaseInterleavingsTest {

    /** Longer than tokens are kept for. */
    private static final long SECOND = 1_500_000_000;

    private final Lease lease = new Lease();

    @Operation
    public boolean take(@Param(name = "second") int second, @Param(name = "credit") int credit) {
        return lease.tryTake(second * SECOND, credit);
    }

    @Operation
    public void grant(@Param(name = "second") int second, @Param(name = "tokens") int tokens) {
        lease.granted(tokens, second * SECOND);
    }

    @Operation
    public void giveBack(@Param(name = "second") int second) {
        lease.giveBack(second * SECOND);
    }

    @Operation
    public int left(@Param(name = "second") int second) {
        return lease.left(second * SECOND);
    }

    /** What it has to look like. */
    public static class Purse {

        private int left;
        private int came;

        public boolean take(int second, int credit) {
            var now = left(second);
            if (now <= -credit) {
                return false;
            }
            left = now - 1;
            return true;
        }

        public void grant(int second, int tokens) {
            left = left(second) + tokens;
            came = second;
        }

        public void giveBack(int second) {
            grant(second, 1);
        }

        public int left(int second) {
            return left > 0 && second > came ? 0 : left;
        }
    }

    @Test
    void no_token_is_spent_twice_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(20)
                .invocationsPerIteration(500)
                .sequentialSpecification(Purse.class)
                .check(LeaseInterleavingsTest.class);
    }

    @Test
    void no_token_is_spent_twice_under_stress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(Purse.class)
                .check(LeaseInterleavingsTest.class);
    }
}
