package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.benchmarks.reads.ProductServer.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    @Test
    void the_version_that_is_shown_or_written_is_the_entity_tag() throws Exception {
        try (var server = new ProductServer((method, _) -> Answer.version(method.equals("PUT") ? 8 : 7));
                var place = new Place("shop", server.port())) {
            assertThat(place.read("A")).isEqualTo(7);
            assertThat(place.write("A", "{}")).isEqualTo(8);
        }
    }

    @Test
    void a_product_that_goes_back_is_counted_and_another_product_is_another_matter() throws Exception {
        answers.addAll(List.of(Answer.version(2), Answer.version(1), Answer.version(1), Answer.version(2)));
        try (var server = new ProductServer((_, _) -> answers.take());
                var place = new Place("shop", server.port())) {
            place.read("A");
            place.read("B");
            assertThat(place.stepsBack()).isZero();

            place.read("A");
            assertThat(place.stepsBack()).isEqualTo(1);

            place.read("A");
            assertThat(place.stepsBack()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_that_was_overtaken_by_a_later_one_is_no_step_back() throws Exception {
        var reads = new AtomicInteger();
        var slowIsUnderWay = new CountDownLatch(1);
        var quickIsAnswered = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = new ProductServer((_, _) -> {
                    if (reads.incrementAndGet() > 1) {
                        return Answer.version(2);
                    }
                    slowIsUnderWay.countDown();
                    quickIsAnswered.await();
                    return Answer.version(1);
                });
                var place = new Place("shop", server.port())) {
            var slow = threads.submit(() -> place.read("A"));
            slowIsUnderWay.await();
            place.read("A");
            quickIsAnswered.countDown();

            assertThat(slow.get()).isEqualTo(1);
            assertThat(place.stepsBack()).isZero();
        }
    }

    @Test
    void what_is_no_page_is_a_failure() throws Exception {
        answers.addAll(List.of(new Answer(503, "\"1\""), new Answer(200, ""), new Answer(200, "W/\"1\"")));
        try (var server = new ProductServer((_, _) -> answers.take());
                var place = new Place("shop", server.port())) {
            assertThatThrownBy(() -> place.read("A"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("shop answered 503");
            assertThatThrownBy(() -> place.read("A")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> place.read("A")).hasMessage("shop gave no version but W/\"1\"");
        }
    }
}
