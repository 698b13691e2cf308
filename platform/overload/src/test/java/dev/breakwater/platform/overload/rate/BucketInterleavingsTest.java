package dev.breakwater.platform.overload.rate;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * A token bucket and a leaky bucket, a token or a turn a second, under all interleavings that Lincheck tries, with
 * clocks that are read in any order: as if one call came after another, no token is spent twice and no turn is had
 * twice.
 */
@Param(name = "second", gen = IntGen.class, conf = "0:3")
public class BucketInterleavingsTest {

    private static final long SECOND = 1_000_000_000;
    private static final int BURST = 3;
    private static final int LONGEST_WAIT = 2;
    private static final Rate RATE = new Rate(1, Duration.ofSeconds(1), BURST);

    private final TokenBucket tokens = TokenBucket.full(RATE, 0);
    private final LeakyBucket turns = new LeakyBucket(RATE, Duration.ofSeconds(LONGEST_WAIT), 0);

    @Operation
    public boolean take(@Param(name = "second") int second) {
        return tokens.tryTake(second * SECOND);
    }

    @Operation
    public void giveBack() {
        tokens.giveBack();
    }

    @Operation
    public long available(@Param(name = "second") int second) {
        return tokens.available(second * SECOND);
    }

    @Operation
    public long takeTurn(@Param(name = "second") int second) {
        var wait = turns.take(second * SECOND);
        return wait == LeakyBucket.REFUSED ? wait : wait / SECOND;
    }

    @Operation
    public void giveTurnBack(@Param(name = "second") int second) {
        turns.giveBack(second * SECOND);
    }

    /** What it has to look like: one after another. */
    public static class OneByOne {

        private long fullAt;
        private long nextTurn;

        public boolean take(int second) {
            var then = Math.max(fullAt, second) + 1;
            if (then - second > BURST) {
                return false;
            }
            fullAt = then;
            return true;
        }

        public void giveBack() {
            fullAt--;
        }

        public long available(int second) {
            return Math.max(0, BURST - Math.max(0, fullAt - second));
        }

        public long takeTurn(int second) {
            var turn = Math.max(nextTurn, second);
            if (turn - second > LONGEST_WAIT) {
                return LeakyBucket.REFUSED;
            }
            nextTurn = turn + 1;
            return turn - second;
        }

        public void giveTurnBack(int second) {
            if (nextTurn - 1 <= second) {
                nextTurn--;
            }
        }
    }

    @Test
    void no_token_and_no_turn_is_had_twice_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(8)
                .invocationsPerIteration(300)
                .sequentialSpecification(OneByOne.class)
                .check(BucketInterleavingsTest.class);
    }

    @Test
    void no_token_and_no_turn_is_had_twice_under_stress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(5)
                .invocationsPerIteration(500)
                .sequentialSpecification(OneByOne.class)
                .check(BucketInterleavingsTest.class);
    }
}
