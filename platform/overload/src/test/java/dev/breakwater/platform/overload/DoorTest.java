package dev.breakwater.platform.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.SettableLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DoorTest {

    private static final Shares SHARES = new Shares(0.8, 0.6, 0.4);
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    private final AtomicLong nanoTime = new AtomicLong(1_000);

    @Test
    void each_priority_comes_in_up_to_its_share_of_the_limit() {
        var door = door(FixedLimit.of(10));

        assertThat(enterAll(door, Priority.EXPORTS)).hasSize(4);
        assertThat(enterAll(door, Priority.BROWSING)).hasSize(2);
        assertThat(enterAll(door, Priority.STATUS)).hasSize(2);
        assertThat(enterAll(door, Priority.PLACING)).hasSize(2);
        assertThat(door.inFlight()).isEqualTo(10);
    }

    @Test
    void a_flood_of_browsing_leaves_the_rest_to_placing_and_placing_keeps_it_out_until_calls_end() {
        var door = door(FixedLimit.of(10));
        var browsing = enterAll(door, Priority.BROWSING);
        var placing = enterAll(door, Priority.PLACING);
        assertThat(browsing).hasSize(6);
        assertThat(placing).hasSize(4);

        browsing.forEach(place -> place.leave(Sample.SERVED));
        assertThat(enterAll(door, Priority.PLACING)).hasSize(6);
        assertThat(enterAll(door, Priority.BROWSING)).isEmpty();

        placing.forEach(place -> place.leave(Sample.SERVED));
        assertThat(enterAll(door, Priority.BROWSING)).isEmpty();
    }

    @Test
    void there_is_room_for_one_of_each_priority_however_low_the_limit() {
        for (var priority : Priority.values()) {
            assertThat(enterAll(door(FixedLimit.of(1)), priority))
                    .as(priority.name())
                    .hasSize(1);
        }
    }

    @Test
    void a_limit_that_falls_lets_nobody_in_until_enough_have_left() {
        var limit = SettableLimit.startingAt(10);
        var door = door(limit);
        var inside = enterAll(door, Priority.PLACING);

        limit.setLimit(5);
        for (var left = 0; left < 5; left++) {
            inside.get(left).leave(Sample.SERVED);
            assertThat(door.enter(Priority.PLACING)).isNull();
        }
        inside.get(5).leave(Sample.SERVED);

        assertThat(door.enter(Priority.PLACING)).isNotNull();
    }

    @Test
    void only_what_came_in_and_says_something_is_measured() {
        var limit = new Recording(2);
        var door = door(limit);
        var served = entered(door);
        nanoTime.addAndGet(500);
        var dropped = entered(door);
        assertThat(door.enter(Priority.PLACING)).isNull();

        served.leave(Sample.SERVED);
        nanoTime.addAndGet(250);
        dropped.leave(Sample.DROPPED);
        entered(door).leave(Sample.IGNORED);

        assertThat(limit.samples).containsExactly(new Seen(1_000, 500, 1, false), new Seen(1_500, 250, 2, true));
    }

    @Test
    void a_flood_that_is_refused_does_not_move_the_limit() {
        var limit = new AdaptiveLimit(new AdaptiveLimitSettings(1, 100, 10, 100, Duration.ofSeconds(2)));
        var door = door(limit);
        var inside = enterAll(door, Priority.PLACING);

        for (var i = 0; i < 100_000; i++) {
            nanoTime.addAndGet(100_000);
            assertThat(door.enter(PRIORITIES.get(i % PRIORITIES.size()))).isNull();
        }

        assertThat(door.limit()).isEqualTo(10);
        inside.forEach(place -> place.leave(Sample.SERVED));
        assertThat(door.inFlight()).isZero();
    }

    @Test
    void whoever_comes_and_goes_no_priority_is_ever_let_in_beyond_its_share() {
        var random = new Random(11);
        var limit = SettableLimit.startingAt(20);
        var door = door(limit);
        var inside = new ArrayDeque<Door.Place>();
        for (var step = 0; step < 200_000; step++) {
            if (random.nextInt(100) == 0) {
                limit.setLimit(1 + random.nextInt(40));
            }
            var priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
            var before = door.inFlight();
            var isLeaving = random.nextInt(3) == 0 && !inside.isEmpty();
            if (isLeaving) {
                inside.remove().leave(Sample.IGNORED);
                assertThat(door.inFlight()).isEqualTo(before - 1);
                continue;
            }
            var place = door.enter(priority);
            assertThat(place != null)
                    .as("%s with %d inside of %d", priority, before, limit.getLimit())
                    .isEqualTo(before < limit.getLimit() * SHARES.of(priority));
            if (place != null) {
                inside.add(place);
            }
            assertThat(door.inFlight()).isEqualTo(inside.size());
        }
    }

    @Test
    void many_at_once_are_never_more_than_the_limit_and_leave_nothing_behind() throws Exception {
        var door = new Door(FixedLimit.of(7), SHARES);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var caller = 0; caller < 16; caller++) {
            var priority = PRIORITIES.get(caller % PRIORITIES.size());
            threads.add(Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 20_000; i++) {
                    var place = door.enter(priority);
                    if (place != null) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        place.leave(Sample.SERVED);
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isBetween(1, 7);
        assertThat(door.inFlight()).isZero();
    }

    @Test
    void its_figures_are_told_by_priority() {
        var door = door(FixedLimit.of(2));
        var meters = new SimpleMeterRegistry();
        new DoorMeters(door).bindTo(meters);

        enterAll(door, Priority.PLACING);
        assertThat(door.enter(Priority.BROWSING)).isNull();

        assertThat(meters.get("door.limit").gauge().value()).isEqualTo(2);
        assertThat(meters.get("door.in_flight").gauge().value()).isEqualTo(2);
        assertThat(count(meters, "door.admitted", "placing")).isEqualTo(2);
        assertThat(count(meters, "door.refused", "placing")).isEqualTo(1);
        assertThat(count(meters, "door.refused", "browsing")).isEqualTo(1);
        assertThat(count(meters, "door.admitted", "exports")).isZero();
    }

    @Test
    void shares_that_put_the_last_first_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(0.5, 0.6, 0.4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(1.1, 0.6, 0.4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(0.8, 0.6, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(0.8, 0.6, Double.NaN));
    }

    private Door door(Limit limit) {
        return new Door(limit, SHARES, nanoTime::get);
    }

    private static Door.Place entered(Door door) {
        var place = door.enter(Priority.PLACING);
        assertThat(place).isNotNull();
        return place;
    }

    /** As many as there is room for. */
    private static List<Door.Place> enterAll(Door door, Priority priority) {
        var places = new ArrayList<Door.Place>();
        for (var place = door.enter(priority); place != null; place = door.enter(priority)) {
            places.add(place);
        }
        return places;
    }

    private static double count(SimpleMeterRegistry meters, String name, String priority) {
        return meters.get(name).tag("priority", priority).functionCounter().count();
    }

    private record Seen(long startTime, long rtt, int inFlight, boolean didDrop) {}

    private static final class Recording implements Limit {

        private final int limit;
        private final List<Seen> samples = new ArrayList<>();

        Recording(int limit) {
            this.limit = limit;
        }

        @Override
        public int getLimit() {
            return limit;
        }

        @Override
        public void notifyOnChange(Consumer<Integer> consumer) {}

        @Override
        public void onSample(long startTime, long rtt, int inFlight, boolean didDrop) {
            samples.add(new Seen(startTime, rtt, inFlight, didDrop));
        }
    }
}
