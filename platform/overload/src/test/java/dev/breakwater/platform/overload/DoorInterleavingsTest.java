package dev.breakwater.platform.overload;

import com.netflix.concurrency.limits.limit.FixedLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Coming and going under all interleavings that Lincheck tries: each call is let in or not as if all had come one after
 * another. Some are inside from the beginning, so that whoever leaves has come in.
 */
public class DoorInterleavingsTest {

    private static final int LIMIT = 8;
    private static final int INSIDE = 6;
    private static final Shares SHARES = new Shares(0.875, 0.75, 0.5);

    private final Door door = new Door(FixedLimit.of(LIMIT), SHARES, () -> 1);
    private final List<Door.Place> inside = new ArrayList<>();
    private final AtomicInteger gone = new AtomicInteger();

    public DoorInterleavingsTest() {
        for (var i = 0; i < INSIDE; i++) {
            inside.add(Objects.requireNonNull(door.enter(Priority.PLACING)));
        }
    }

    @Operation
    public boolean place() {
        return door.enter(Priority.PLACING) != null;
    }

    @Operation
    public boolean look() {
        return door.enter(Priority.BROWSING) != null;
    }

    @Operation
    public boolean leave() {
        var next = gone.getAndIncrement();
        if (next >= INSIDE) {
            return false;
        }
        inside.get(next).leave(Sample.IGNORED);
        return true;
    }

    /** What it has to look like: one after another. */
    public static class OneByOne {

        private int inFlight = INSIDE;
        private int gone;

        public boolean place() {
            return enter(1);
        }

        public boolean look() {
            return enter(SHARES.browsing());
        }

        public boolean leave() {
            if (gone == INSIDE) {
                return false;
            }
            gone++;
            inFlight--;
            return true;
        }

        private boolean enter(double share) {
            if (inFlight < LIMIT * share) {
                inFlight++;
                return true;
            }
            return false;
        }
    }

    @Test
    void calls_come_in_as_if_one_after_another_in_the_interleavings_of_a_model_checker() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(10)
                .invocationsPerIteration(500)
                .sequentialSpecification(OneByOne.class)
                .check(DoorInterleavingsTest.class);
    }

    @Test
    void calls_come_in_as_if_one_after_another_under_stress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(2)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(OneByOne.class)
                .check(DoorInterleavingsTest.class);
    }
}
