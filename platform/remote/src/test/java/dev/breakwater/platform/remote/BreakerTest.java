package dev.breakwater.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** Each test has a breaker of its own. */
class BreakerTest extends RemoteTest {

    @Autowired
    private MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 429})
    void answers_that_blame_the_question_do_not_open_it(int status) {
        answering(FIRST, status);

        for (var i = 0; i < 20; i++) {
            assertThatExceptionOfType(HttpClientErrorException.class).isThrownBy(() -> ask("blame" + status));
        }

        assertThat(asked(FIRST)).isEqualTo(20);
        assertThat(isIn("blame" + status, "closed")).isTrue();
    }

    @Test
    void failures_open_it_and_nothing_is_sent_any_more() {
        fail("failing");

        assertThatExceptionOfType(NotCalledException.class).isThrownBy(() -> ask("failing"));
        assertThat(asked(FIRST)).isEqualTo(5);
        assertThat(isIn("failing", "open")).isTrue();
        everybodyAnswers();
        assertThat(ask("another").name()).isEqualTo("first");
    }

    @Test
    void slow_answers_open_it_though_they_are_answers() {
        answeringAfter(FIRST, Duration.ofMillis(250));

        for (var i = 0; i < 5; i++) {
            assertThat(ask("slow").name()).isEqualTo("slow");
        }

        assertThatExceptionOfType(NotCalledException.class).isThrownBy(() -> ask("slow"));
    }

    @Test
    void silence_opens_it() {
        answeringAfter(FIRST, Duration.ofSeconds(2));

        for (var i = 0; i < 5; i++) {
            assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> ask("silent"));
        }

        assertThatExceptionOfType(NotCalledException.class).isThrownBy(() -> ask("silent"));
    }

    @Test
    void good_probes_close_it_again_and_bad_ones_do_not() {
        fail("recovering");
        await().until(() -> isLetThrough("recovering"));
        assertThatExceptionOfType(RestClientException.class).isThrownBy(() -> ask("recovering"));
        assertThatExceptionOfType(RestClientException.class).isThrownBy(() -> ask("recovering"));
        assertThat(isIn("recovering", "open")).isTrue();

        everybodyAnswers();
        await().until(() -> isLetThrough("recovering"));
        assertThat(isIn("recovering", "half_open")).isTrue();
        assertThat(ask("recovering").name()).isEqualTo("first");
        assertThat(ask("recovering").name()).isEqualTo("first");

        assertThat(isIn("recovering", "closed")).isTrue();
    }

    @Test
    void a_client_in_a_hurry_does_not_open_it_for_everybody() {
        answeringAfter(FIRST, Duration.ofMillis(150));

        for (var i = 0; i < 20; i++) {
            assertThatExceptionOfType(ResourceAccessException.class)
                    .isThrownBy(() -> CallDeadline.in(Duration.ofMillis(40)).during(() -> ask("hurried")));
        }

        everybodyAnswers();
        assertThat(ask("hurried").name()).isEqualTo("first");
    }

    @Test
    void one_call_more_than_there_is_room_for_is_not_made() throws Exception {
        var entered = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> calls.call("narrow", () -> {
                entered.countDown();
                return awaited(released);
            }));
            entered.await();

            for (var i = 0; i < 20; i++) {
                assertThatExceptionOfType(NotCalledException.class).isThrownBy(() -> ask("narrow"));
            }

            released.countDown();
            assertThat(first.get()).isTrue();
        }
        assertThat(ask("narrow").name()).isEqualTo("first");
    }

    @Test
    void a_call_is_made_on_the_thread_of_its_caller() {
        var caller = Thread.currentThread();

        assertThat(calls.call("thread", Thread::currentThread)).isSameAs(caller);
    }

    private Shelf.Item ask(String name) {
        return calls.call(name, () -> of("single").item("lamp"));
    }

    private void fail(String name) {
        answering(FIRST, 503);
        for (var i = 0; i < 5; i++) {
            assertThatExceptionOfType(RestClientException.class).isThrownBy(() -> ask(name));
        }
    }

    private boolean isLetThrough(String name) {
        var made = new AtomicBoolean();
        try {
            calls.call(name, () -> {
                made.set(true);
                return of("single").item("lamp");
            });
        } catch (NotCalledException | RestClientException e) {
            return made.get();
        }
        return true;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isIn(String name, String state) {
        return meters.get("resilience4j.circuitbreaker.state")
                        .tag("name", name)
                        .tag("state", state)
                        .gauge()
                        .value()
                == 1;
    }
}
