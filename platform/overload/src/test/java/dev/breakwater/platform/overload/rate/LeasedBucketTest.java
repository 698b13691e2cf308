package dev.breakwater.platform.overload.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeasedBucketTest {

    private static final Rate THOUSAND = new Rate(1_000, Duration.ofSeconds(1), 50);
    private static final Duration WINDOW = Duration.ofSeconds(5);

    @Test
    void all_instances_together_never_let_more_through_than_the_burst_and_the_rate() {
        var random = new Random(17);
        for (var run = 0; run < 100; run++) {
            var rate = new Rate(1 + random.nextInt(3_000), Duration.ofSeconds(1), 1 + random.nextInt(1_000));
            var sharers = 1 + random.nextInt(4);
            var crowd = new Crowd(rate, sharers);
            var instances = IntStream.range(0, sharers)
                    .mapToObj(_ -> crowd.instance(rate))
                    .toList();
            var began = crowd.now.get();
            var admitted = 0;
            var worst = 0.0;
            for (var call = 0; call < 5_000; call++) {
                crowd.now.addAndGet(
                        random.nextInt(50) == 0
                                ? random.nextLong(2_000_000_000)
                                : random.nextLong(1 + rate.intervalNanos() / 2));
                if (instances.get(random.nextInt(sharers)).take().isAdmitted()) {
                    admitted++;
                }
                var time = Duration.ofNanos(crowd.now.get() - began);
                worst = Math.max(worst, admitted - rate.burst() - rate.within(time));
            }
            assertThat(worst).as("%s for %d", rate, sharers).isLessThan(1e-6);
        }
    }

    /**
     * What is saved up while nobody is asked, here and there, is a burst at most each time; nothing else comes on top.
     */
    @Test
    void whatever_is_given_back_goes_away_and_changes_its_number_there_is_only_a_burst_more_for_each_switch() {
        var random = new Random(23);
        for (var run = 0; run < 100; run++) {
            var rate = new Rate(1 + random.nextInt(3_000), Duration.ofSeconds(1), 1 + random.nextInt(1_000));
            var most = 1 + random.nextInt(4);
            var crowd = new Crowd(rate, most);
            var instances =
                    IntStream.range(0, most).mapToObj(_ -> crowd.instance(rate)).toList();
            var began = crowd.now.get();
            var admitted = new int[most];
            var total = 0;
            var bursts = 1;
            var worst = 0.0;
            for (var call = 0; call < 5_000; call++) {
                crowd.now.addAndGet(
                        random.nextInt(50) == 0
                                ? random.nextLong(2_000_000_000)
                                : random.nextLong(1 + rate.intervalNanos() / 2));
                switch (random.nextInt(200)) {
                    case 0 -> crowd.goAway();
                    case 1 -> {
                        crowd.comeBack();
                        // The shared one is full again, and so may be the share of each.
                        bursts += 2;
                    }
                    // As many as there are, or more than that are known of: who is gone takes its share along.
                    case 2 -> crowd.share(most + random.nextInt(3));
                    default -> {
                        // The usual.
                    }
                }
                var at = random.nextInt(most);
                if (instances.get(at).take().isAdmitted()) {
                    admitted[at]++;
                    total++;
                } else if (admitted[at] > 0 && random.nextBoolean()) {
                    instances.get(at).giveBack();
                    admitted[at]--;
                    total--;
                }
                var time = Duration.ofNanos(crowd.now.get() - began);
                worst = Math.max(worst, total - (double) bursts * (rate.burst() + most) - rate.within(time));
            }
            assertThat(worst).as("%s for %d", rate, most).isLessThan(1e-6);
        }
    }

    @Test
    void under_a_flood_two_instances_let_the_rate_through_in_every_window_with_few_questions() {
        var crowd = new Crowd(THOUSAND, 2);
        var instances = List.of(crowd.instance(THOUSAND), crowd.instance(THOUSAND));
        flood(crowd, instances, Duration.ofSeconds(1));
        var asked = crowd.asked();

        for (var window = 0; window < 4; window++) {
            assertThat(flood(crowd, instances, WINDOW)).isBetween(4_750, 5_250);
        }

        // Twice twenty a second, and not three thousand.
        assertThat(crowd.asked() - asked).isLessThan(4 * 5 * 2 * 40);
    }

    @Test
    void each_of_two_instances_under_a_flood_gets_its_part() {
        var crowd = new Crowd(THOUSAND, 2);
        var one = crowd.instance(THOUSAND);
        var other = crowd.instance(THOUSAND);
        var admitted = new int[2];
        for (var call = 0; call < 60_000; call++) {
            crowd.now.addAndGet(500_000);
            admitted[0] += one.take().isAdmitted() ? 1 : 0;
            admitted[1] += other.take().isAdmitted() ? 1 : 0;
        }
        assertThat(admitted[0]).isGreaterThan(10_000);
        assertThat(admitted[1]).isGreaterThan(10_000);
    }

    @Test
    void a_flood_at_one_instance_gets_all_of_it() {
        var crowd = new Crowd(THOUSAND, 4);
        var instances = List.of(crowd.instance(THOUSAND));
        flood(crowd, instances, Duration.ofSeconds(1));

        assertThat(flood(crowd, instances, WINDOW)).isBetween(4_750, 5_250);
    }

    @Test
    void while_nobody_can_be_asked_each_lets_its_share_through_and_afterwards_all_the_rate_again() {
        var crowd = new Crowd(THOUSAND, 2);
        var instances = List.of(crowd.instance(THOUSAND), crowd.instance(THOUSAND));
        flood(crowd, instances, WINDOW);

        crowd.goAway();
        assertThat(flood(crowd, instances, WINDOW)).isBetween(4_750, 5_050);
        assertThat(instances.getFirst().take().isShared()).isFalse();

        crowd.comeBack();
        assertThat(flood(crowd, instances, WINDOW)).isBetween(4_750, 5_250);
        assertThat(instances.getFirst().take().isShared()).isTrue();
    }

    @Test
    void a_switch_back_and_forth_brings_no_burst() {
        var crowd = new Crowd(THOUSAND, 2);
        var instances = List.of(crowd.instance(THOUSAND), crowd.instance(THOUSAND));
        flood(crowd, instances, WINDOW);

        var admitted = 0;
        for (var turn = 0; turn < 10; turn++) {
            crowd.goAway();
            admitted += flood(crowd, instances, Duration.ofMillis(250));
            crowd.comeBack();
            admitted += flood(crowd, instances, Duration.ofMillis(250));
        }
        // What the shared bucket saved up while nobody asked it is its burst at most, each time.
        assertThat(admitted).isLessThan(5_000 + 10 * 50 + 100);
    }

    @Test
    void who_was_away_for_long_has_a_full_share_and_who_just_used_it_up_has_nothing() {
        var rate = new Rate(10, Duration.ofSeconds(1), 20);
        var crowd = new Crowd(rate, 2);
        var idle = crowd.instance(rate);
        var busy = crowd.instance(rate);
        while (busy.take().isAdmitted()) {
            crowd.pass(1);
        }
        crowd.goAway();

        assertThat(IntStream.range(0, 50).filter(_ -> idle.take().isAdmitted())).hasSize(10);
        assertThat(busy.take()).isEqualTo(Decision.REFUSED_ALONE);
        crowd.pass(10_000);
        assertThat(IntStream.range(0, 50).filter(_ -> busy.take().isAdmitted())).hasSize(10);
    }

    @Test
    void who_was_far_below_his_limit_a_moment_ago_is_not_refused_when_nobody_can_be_asked() {
        var rate = new Rate(200, Duration.ofSeconds(1), 400);
        var crowd = new Crowd(rate, 2);
        var one = crowd.instance(rate);
        for (var call = 0; call < 60; call++) {
            assertThat(one.take().isAdmitted()).isTrue();
            crowd.pass(16);
        }
        crowd.goAway();

        assertThat(IntStream.range(0, 100).filter(_ -> one.take().isAdmitted())).hasSize(100);
    }

    @Test
    void a_crowd_that_comes_out_of_nowhere_gets_the_whole_burst() throws Exception {
        var rate = new Rate(10, Duration.ofSeconds(1), 400);
        var crowd = new Crowd(rate, 1);
        var bucket = crowd.instance(rate);
        var admitted = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < 600; client++) {
                threads.execute(() -> {
                    if (bucket.take().isAdmitted()) {
                        admitted.incrementAndGet();
                    }
                });
            }
        }
        assertThat(admitted).hasValue(400);
    }

    @Test
    void a_steady_caller_never_waits_once_he_is_known() throws Exception {
        var unanswered = new ArrayList<CompletableFuture<SharedBucket.Grant>>();
        var crowd = new Crowd(THOUSAND, 1);
        var bucket = new LeasedBucket(
                THOUSAND,
                most -> {
                    var answer = new CompletableFuture<SharedBucket.Grant>();
                    unanswered.add(answer);
                    answer.whenComplete((_, _) -> unanswered.remove(answer));
                    return answer;
                },
                crowd,
                crowd.now::get);
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            thread.submit(bucket::take).get();
            await().until(() -> !unanswered.isEmpty());
        }
        List.copyOf(unanswered).forEach(answer -> answer.complete(new SharedBucket.Grant(1, 1_000)));

        for (var call = 0; call < 2_000; call++) {
            crowd.pass(2);
            assertThat(bucket.take()).isEqualTo(Decision.ADMITTED);
            // The answer to a question comes ten calls later.
            if (call % 10 == 0) {
                List.copyOf(unanswered).forEach(answer -> answer.complete(new SharedBucket.Grant(60, 1_000)));
            }
        }
    }

    @Test
    void an_answer_that_does_not_come_holds_nobody_up_and_is_paid_for_later() throws Exception {
        var rate = new Rate(10, Duration.ofSeconds(1), 20);
        var crowd = new Crowd(rate, 2);
        var answer = new CompletableFuture<SharedBucket.Grant>();
        var bucket = new LeasedBucket(rate, _ -> answer, crowd, System::nanoTime);

        assertThat(bucket.take()).isEqualTo(Decision.ADMITTED_ALONE);
        answer.complete(new SharedBucket.Grant(1, 5));

        assertThat(bucket.left()).isEqualTo(5);
    }

    @Test
    void a_bucket_that_fails_is_told_of_and_the_call_is_decided_at_once() {
        var crowd = new Crowd(THOUSAND, 2);
        var bucket = new LeasedBucket(
                THOUSAND,
                _ -> CompletableFuture.failedFuture(new IllegalStateException("gone")),
                crowd,
                crowd.now::get);
        crowd.pass(1);

        IntStream.range(0, 25)
                .forEach(_ -> assertThat(bucket.take().isAdmitted()).isTrue());

        assertThat(crowd.isPossible()).isFalse();
        assertThat(bucket.take()).isEqualTo(Decision.REFUSED_ALONE);
        assertThat(bucket.isExhausted()).isTrue();
        assertThat(bucket.comeBackIn()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void who_calls_seldom_takes_no_more_than_he_uses() {
        var rate = new Rate(5, Duration.ofMinutes(1), 5);
        var crowd = new Crowd(rate, 2);
        var bucket = crowd.instance(rate);

        for (var call = 0; call < 5; call++) {
            assertThat(bucket.take()).isEqualTo(Decision.ADMITTED);
            crowd.pass(100);
        }
        assertThat(bucket.take()).isEqualTo(Decision.REFUSED);
        crowd.pass(12_000);
        assertThat(bucket.take()).isEqualTo(Decision.ADMITTED);
        assertThat(bucket.take()).isEqualTo(Decision.REFUSED);
    }

    /** Three calls a millisecond, by turns; how many were let through. */
    private static int flood(Crowd crowd, List<LeasedBucket> instances, Duration time) {
        var admitted = 0;
        for (var call = 0; call < time.toMillis() * 3; call++) {
            crowd.now.addAndGet(333_333);
            if (instances.get(call % instances.size()).take().isAdmitted()) {
                admitted++;
            }
        }
        return admitted;
    }
}
