package dev.breakwater.platform.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.batching.NotWrittenException.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IngestBatchTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final HeldWriter writer = new HeldWriter();

    private IngestBatch<String, String> batch(int writers, int size, int queue) {
        return new IngestBatch<>(
                writer, new BatchLimits(writers, size, queue), fault -> fault instanceof UnsupportedOperationException);
    }

    private static CompletableFuture<String> write(IngestBatch<String, String> batch, String item) {
        return write(batch, item, LONG);
    }

    private static CompletableFuture<String> write(IngestBatch<String, String> batch, String item, Duration wait) {
        var answer = new CompletableFuture<String>();
        Thread.ofVirtual().name(item).start(() -> {
            try {
                answer.complete(batch.write(item, wait));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Starts callers one after another, each when the one before has its place in the queue. */
    private static List<CompletableFuture<String>> queueUp(IngestBatch<String, String> batch, String... items) {
        var before = batch.queued();
        var answers = new ArrayList<CompletableFuture<String>>();
        for (var item : items) {
            answers.add(write(batch, item));
            var expected = before + answers.size();
            await().until(() -> batch.queued() == expected);
        }
        return answers;
    }

    private CompletableFuture<String> startFirst(IngestBatch<String, String> batch) {
        var first = write(batch, "first");
        await().until(() -> !writer.begun.isEmpty());
        return first;
    }

    @Test
    void a_lonely_caller_writes_at_once_and_by_itself() {
        writer.commits.release();
        assertThat(batch(4, 100, 100).write("a", LONG)).isEqualTo("a!");
        assertThat(writer.begun).containsExactly(List.of("a"));
        assertThat(writer.writtenBy.get("a")).isSameAs(Thread.currentThread());
    }

    @Test
    void callers_who_meet_a_busy_writer_share_the_next_batch_in_their_order() {
        var batch = batch(1, 100, 100);
        var first = startFirst(batch);
        var others = queueUp(batch, "b", "c", "d");
        writer.commits.release(2);
        assertThat(first.join()).isEqualTo("first!");
        assertThat(others.stream().map(CompletableFuture::join)).containsExactly("b!", "c!", "d!");
        assertThat(writer.begun).containsExactly(List.of("first"), List.of("b", "c", "d"));
    }

    @Test
    void nobody_is_answered_before_the_commit_of_his_batch() {
        var batch = batch(1, 100, 100);
        var first = startFirst(batch);
        var others = queueUp(batch, "b", "c");
        writer.commits.release();
        first.join();
        await().until(() -> writer.begun.size() == 2);
        assertThat(others).noneMatch(CompletableFuture::isDone);
        writer.commits.release();
        assertThat(others.stream().map(CompletableFuture::join)).containsExactly("b!", "c!");
    }

    @Test
    void a_batch_is_bounded_and_the_rest_goes_into_the_next() {
        var batch = batch(1, 2, 100);
        startFirst(batch);
        var others = queueUp(batch, "b", "c", "d");
        writer.commits.release(3);
        others.forEach(CompletableFuture::join);
        assertThat(writer.begun).containsExactly(List.of("first"), List.of("b", "c"), List.of("d"));
    }

    @Test
    void as_many_batches_are_written_at_once_as_there_are_writers() {
        var batch = batch(2, 100, 100);
        startFirst(batch);
        write(batch, "second");
        await().until(() -> writer.begun.size() == 2);
        var third = queueUp(batch, "third").getFirst();
        assertThat(writer.begun).containsExactly(List.of("first"), List.of("second"));
        writer.commits.release(3);
        assertThat(third.join()).isEqualTo("third!");
    }

    @Test
    void a_full_queue_refuses_at_once() {
        var batch = batch(1, 100, 1);
        startFirst(batch);
        queueUp(batch, "b");
        assertThatThrownBy(() -> batch.write("c", LONG))
                .isInstanceOfSatisfying(
                        NotWrittenException.class,
                        refusal -> assertThat(refusal.why()).isEqualTo(Cause.QUEUE_FULL));
        writer.commits.release(2);
        await().until(() -> writer.written.size() == 2);
        assertThat(writer.written).doesNotContain("c");
    }

    @Test
    void an_item_whose_time_is_over_in_the_queue_is_never_written_and_leaves_its_place() {
        var batch = batch(1, 100, 1);
        var first = startFirst(batch);
        assertThatThrownBy(() -> batch.write("late", Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        NotWrittenException.class,
                        refusal -> assertThat(refusal.why()).isEqualTo(Cause.WAITED_TOO_LONG));
        var next = queueUp(batch, "next").getFirst();
        writer.commits.release(2);
        first.join();
        next.join();
        assertThat(writer.written).containsExactly("first", "next");
    }

    @Test
    void an_item_whose_time_ends_while_it_is_written_gets_its_answer() {
        var batch = batch(1, 100, 100);
        var lead = write(batch, "first", Duration.ofNanos(1));
        await().until(() -> !writer.begun.isEmpty());
        writer.commits.release();
        assertThat(lead.join()).isEqualTo("first!");
    }

    @Test
    void a_bad_item_fails_alone() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var others = queueUp(batch, "b", "bad", "c", "d", "e");
        writer.failing(items -> {
            if (items.contains("bad")) {
                throw new IllegalArgumentException("bad");
            }
        });
        writer.commits.release(100);
        assertThat(others.get(1))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .withMessage("bad");
        others.remove(1);
        assertThat(others.stream().map(CompletableFuture::join)).containsExactly("b!", "c!", "d!", "e!");
        assertThat(writer.written).containsExactlyInAnyOrder("first", "b", "c", "d", "e");
    }

    @Test
    void an_item_that_has_to_wait_for_a_lock_holds_up_neither_neighbours_nor_followers() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var others = queueUp(batch, "leader", "b", "contended", "c");
        var lock = new CountDownLatch(1);
        writer.failing(items -> {
            if (items.contains("contended")) {
                throw new IllegalStateException("would have to wait");
            }
        });
        writer.alone(item -> {
            try {
                lock.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.commits.release(100);
        var contended = others.remove(2);
        assertThat(others.stream().map(CompletableFuture::join)).containsExactly("leader!", "b!", "c!");
        assertThat(batch.write("follower", LONG)).isEqualTo("follower!");
        assertThat(contended).isNotDone();
        lock.countDown();
        assertThat(contended.join()).isEqualTo("contended!");
    }

    @Test
    void an_item_that_fails_in_a_batch_waits_for_its_turn_alone_no_longer_than_it_may() {
        var batch = batch(1, 100, 100);
        var lock = new CountDownLatch(1);
        writer.alone(item -> {
            try {
                lock.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.failing(items -> {
            throw new IllegalStateException("would have to wait");
        });
        writer.commits.release(100);
        var first = write(batch, "first");
        await().until(() -> writer.waitingAlone.contains("first"));
        assertThatThrownBy(() -> batch.write("second", Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        NotWrittenException.class,
                        refusal -> assertThat(refusal.why()).isEqualTo(Cause.WAITED_TOO_LONG));
        lock.countDown();
        assertThat(first.join()).isEqualTo("first!");
        assertThat(writer.waitingAlone).containsExactly("first");
    }

    @Test
    void a_fault_that_is_nobodys_own_goes_to_all_after_one_try() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var others = queueUp(batch, "b", "c", "d");
        writer.failing(items -> {
            throw new UnsupportedOperationException("the database is away");
        });
        writer.commits.release(100);
        assertThat(others)
                .allSatisfy(other -> assertThatThrownBy(other::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(UnsupportedOperationException.class));
        assertThat(writer.begun).hasSize(2);
    }

    @Test
    void a_shared_fault_in_the_midst_of_halving_goes_to_all_who_are_left() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var others = queueUp(batch, "bad", "b", "c", "d");
        writer.failing(items -> {
            if (items.size() == 4) {
                throw new IllegalArgumentException("bad");
            }
            throw new UnsupportedOperationException("the database is away");
        });
        writer.commits.release(100);
        assertThat(others)
                .allSatisfy(other ->
                        assertThatThrownBy(other::join).hasCauseInstanceOf(UnsupportedOperationException.class));
        assertThat(writer.begun).hasSize(3);
    }

    @Test
    void an_item_whose_time_ends_while_its_leader_writes_it_gets_its_answer() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var leader = queueUp(batch, "leader").getFirst();
        var follower = write(batch, "follower", Duration.ofMillis(500));
        await().until(() -> batch.queued() == 2);
        writer.commits.release();
        await().until(() -> writer.begun.contains(List.of("leader", "follower")));
        var beyond = System.nanoTime() + Duration.ofMillis(600).toNanos();
        await().until(() -> System.nanoTime() > beyond);
        assertThat(follower).isNotDone();
        writer.commits.release();
        assertThat(leader.join()).isEqualTo("leader!");
        assertThat(follower.join()).isEqualTo("follower!");
    }

    @Test
    void an_error_reaches_every_caller_of_the_batch_and_the_next_batch_is_written() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var others = queueUp(batch, "b", "c");
        writer.failing(items -> {
            if (items.contains("b")) {
                throw new StackOverflowError();
            }
        });
        writer.commits.release(100);
        assertThat(others)
                .allSatisfy(other -> assertThatThrownBy(other::join).hasCauseInstanceOf(StackOverflowError.class));
        assertThat(batch.write("after", LONG)).isEqualTo("after!");
    }

    @Test
    void a_writer_that_loses_a_result_is_found_out() {
        var batch = new IngestBatch<String, String>(items -> List.of(), new BatchLimits(1, 1, 1), fault -> false);
        assertThatThrownBy(() -> batch.write("a", LONG)).hasMessage("0 results for 1 items");
    }

    @Test
    void an_interrupted_caller_still_gets_his_answer_and_keeps_the_interrupt() {
        var batch = batch(1, 100, 100);
        startFirst(batch);
        var seen = new AtomicReference<String>();
        var caller = Thread.ofVirtual().start(() -> {
            var answer = batch.write("b", LONG);
            seen.set(answer + Thread.currentThread().isInterrupted());
        });
        await().until(() -> batch.queued() == 1);
        caller.interrupt();
        writer.commits.release(2);
        await().untilAsserted(() -> assertThat(seen).hasValue("b!true"));
    }

    @Test
    void closing_refuses_newcomers_and_returns_when_all_who_were_in_are_answered() {
        var batch = batch(1, 1, 100);
        var first = startFirst(batch);
        var others = queueUp(batch, "b", "c");
        var closing = CompletableFuture.runAsync(batch::close);
        await().until(() -> refusesAsClosed(batch));
        writer.commits.release(2);
        first.join();
        others.getFirst().join();
        assertThat(closing).isNotDone();
        writer.commits.release();
        closing.join();
        assertThat(others.stream().map(CompletableFuture::join)).containsExactly("b!", "c!");
        assertThat(writer.written).containsExactly("first", "b", "c");
    }

    private static boolean refusesAsClosed(IngestBatch<String, String> batch) {
        try {
            batch.write("newcomer", Duration.ZERO);
            return false;
        } catch (NotWrittenException e) {
            return e.why() == Cause.CLOSED;
        }
    }
}
