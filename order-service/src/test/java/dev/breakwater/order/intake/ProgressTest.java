package dev.breakwater.order.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @Test
    void whoever_wants_to_know_waits_until_the_reader_has_come_to_the_end() throws Exception {
        var progress = new Progress(() -> Map.of(PARTITION, 3L));
        progress.reached(PARTITION, 2);
        var caughtUp = CompletableFuture.runAsync(() -> catchUp(progress), Thread::startVirtualThread);
        assertThat(caughtUp).isNotDone();
        progress.reached(PARTITION, 3);
        caughtUp.get();
    }

    @Test
    void a_crowd_is_answered_by_a_few_questions() throws Exception {
        var asked = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var progress = new Progress(() -> {
            asked.incrementAndGet();
            begun.countDown();
            await().until(() -> go.getCount() == 0);
            return Map.of(PARTITION, 1L);
        });
        progress.reached(PARTITION, 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.runAsync(() -> catchUp(progress), threads);
            begun.await();
            var crowd = IntStream.range(0, 100)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> catchUp(progress), threads))
                    .toList();
            go.countDown();
            first.get();
            crowd.forEach(CompletableFuture::join);
        }
        // One for who came first, one for those who came while that was asked, and a few for stragglers.
        assertThat(asked.get()).isBetween(2, 20);
    }

    @Test
    void without_an_answer_of_kafka_nobody_is_told_that_all_was_read() {
        var progress = new Progress(() -> {
            throw new NotAskedException(new TimeoutException("kafka is away"));
        });
        assertThatThrownBy(progress::catchUp).isInstanceOf(NotAskedException.class);
    }

    private static void catchUp(Progress progress) {
        try {
            progress.catchUp();
        } catch (NotAskedException e) {
            throw new IllegalStateException(e);
        }
    }
}
