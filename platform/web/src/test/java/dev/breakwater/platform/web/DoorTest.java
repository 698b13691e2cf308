package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.overload.Door;
import dev.breakwater.platform.overload.Priority;
import dev.breakwater.platform.web.exchange.ReadyAnswer;
import dev.breakwater.platform.web.exchange.ReadyAnswerFilter;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A limit of 10, over HTTP; what is inside stays until it is let go. */
@WebTest
@Import(DoorTest.Slow.class)
@TestPropertySource(
        properties = {
            "breakwater.door.enabled=true",
            "breakwater.door.limit.min=10",
            "breakwater.door.limit.initial=10",
            "breakwater.door.limit.max=10",
            "breakwater.door.shares.status=0.8",
            "breakwater.door.shares.browsing=0.6",
            "breakwater.door.shares.exports=0.4",
            "breakwater.door.calls[0].priority=placing",
            "breakwater.door.calls[0].method=POST",
            "breakwater.door.calls[0].path=/slow",
            "breakwater.door.calls[1].priority=status",
            "breakwater.door.calls[1].path=/slow/{id}",
            "breakwater.door.passing=/slow/{id}/events"
        })
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class DoorTest {

    @LocalServerPort
    private int port;

    private final Slow slow;
    private final Door door;
    private final MeterRegistry meters;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    DoorTest(Slow slow, Door door, MeterRegistry meters) {
        this.slow = slow;
        this.door = door;
        this.meters = meters;
    }

    @AfterEach
    void everybody_leaves() {
        slow.letGo(1_000);
        threads.close();
        // An answer may be there before the place is free.
        await().until(() -> door.inFlight() == 0);
        slow.begin();
    }

    @Test
    void beyond_the_limit_a_call_is_refused_at_once_with_all_that_an_answer_has(CapturedOutput log) throws Exception {
        inside(10, "POST", "/slow");

        var refused = send(
                slow("POST", "/slow").header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        assertProblem(refused, 503, "overloaded");
        assertThat(refused.body())
                .contains("\"instance\":\"/slow\"")
                .contains("\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"");
        var headers = refused.headers();
        assertThat(headers.allValues("Retry-After")).containsExactly("1");
        assertThat(headers.allValues("X-Trace-Id")).containsExactly("0af7651916cd43dd8448eb211c80319c");
        assertThat(headers.firstValue("X-Response-Time").orElseThrow()).matches("[0-9]+");
        assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(slow.entered()).isEqualTo(10);
        assertThat(log.toString()).doesNotContain("overloaded");
    }

    @Test
    void a_refusal_comes_before_the_token_is_looked_at() throws Exception {
        inside(10, "POST", "/slow");

        assertProblem(send(request(port, "/who")), 503, "overloaded");
    }

    @Test
    void a_flood_of_browsing_leaves_room_for_status_and_placing() throws Exception {
        inside(6, "GET", "/slow");
        assertProblem(send(slow("GET", "/slow")), 503, "overloaded");

        inside(2, "GET", "/slow/1");
        assertProblem(send(slow("GET", "/slow/1")), 503, "overloaded");

        inside(2, "POST", "/slow");
        assertProblem(send(slow("POST", "/slow")), 503, "overloaded");
    }

    @Test
    void placing_takes_the_room_of_browsing_as_that_ends() throws Exception {
        inside(6, "GET", "/slow");
        inside(4, "POST", "/slow");

        for (var turn = 0; turn < 4; turn++) {
            slow.letGo(1);
            await().until(() -> door.inFlight() == 9);
            assertProblem(send(slow("GET", "/slow")), 503, "overloaded");
            inside(1, "POST", "/slow");
        }
        assertThat(door.inFlight()).isEqualTo(10);
    }

    @Test
    void streams_are_not_counted_and_come_in_when_there_is_no_room() throws Exception {
        var streams = call(5, "GET", "/slow/1/events");
        await().until(() -> slow.entered() == 5);
        assertThat(door.inFlight()).isZero();
        inside(10, "POST", "/slow");

        streams.addAll(call(1, "GET", "/slow/1/events"));
        await().until(() -> slow.entered() == 16);

        slow.letGo(1_000);
        for (var stream : streams) {
            assertThat(stream.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_answered_from_memory_needs_no_room() throws Exception {
        inside(10, "POST", "/slow");

        assertThat(send(request(port, "/ready/TEA")).body()).isEqualTo("{}");
    }

    @Test
    void a_call_that_goes_on_when_its_thread_has_returned_has_its_place_until_then() throws Exception {
        var later = call(1, "GET", "/later");
        await().until(() -> slow.entered() == 1);
        assertThat(door.inFlight()).isEqualTo(1);

        slow.letGo(1);

        assertThat(later.getFirst().get().body()).isEqualTo("later");
        await().until(() -> door.inFlight() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken", "/unavailable", "/nowhere"})
    void a_call_that_fails_leaves_its_place(String path) throws Exception {
        assertThat(send(request(port, path).header("Authorization", alice())).statusCode())
                .isGreaterThanOrEqualTo(400);
        await().until(() -> door.inFlight() == 0);
    }

    @Test
    void a_call_whose_deadline_is_over_is_not_begun() throws Exception {
        var before = door.admitted(Priority.PLACING);

        assertProblem(send(slow("POST", "/slow").header("X-Request-Deadline-Ms", "0")), 504, "deadline_exceeded");

        assertThat(door.admitted(Priority.PLACING)).isEqualTo(before);
        assertThat(slow.entered()).isZero();
    }

    @Test
    void refusals_are_counted_by_priority() throws Exception {
        inside(10, "POST", "/slow");
        var before = refused("placing");

        for (var i = 0; i < 300; i++) {
            assertThat(send(slow("POST", "/slow")).statusCode()).isEqualTo(503);
        }

        assertThat(meters.get("door.limit").gauge().value()).isEqualTo(10);
        assertThat(refused("placing") - before).isEqualTo(300);
        assertThat(meters.get("door.in_flight").gauge().value()).isEqualTo(10);
    }

    private double refused(String priority) {
        return meters.get("door.refused")
                .tag("priority", priority)
                .functionCounter()
                .count();
    }

    private HttpRequest.Builder slow(String method, String path) {
        return request(port, path).header("Authorization", alice()).method(method, BodyPublishers.noBody());
    }

    private List<Future<HttpResponse<String>>> call(int calls, String method, String path) {
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        for (var i = 0; i < calls; i++) {
            answers.add(threads.submit(() -> send(slow(method, path))));
        }
        return answers;
    }

    /** So many more are inside when this returns. */
    private void inside(int calls, String method, String path) {
        var wanted = slow.entered() + calls;
        call(calls, method, path);
        await().atMost(Duration.ofSeconds(20)).until(() -> slow.entered() == wanted);
    }

    @Configuration(proxyBeanMethods = false)
    @RestController
    static class Slow {

        private volatile Semaphore gone = new Semaphore(0);
        private final Semaphore entered = new Semaphore(0);

        int entered() {
            return entered.availablePermits();
        }

        void letGo(int calls) {
            gone.release(calls);
        }

        void begin() {
            entered.drainPermits();
            gone = new Semaphore(0);
        }

        @Bean
        static FilterRegistrationBean<ReadyAnswerFilter> ready() {
            var answer = new ReadyAnswer("\"1\"", "application/json", "no-cache", new byte[] {'{', '}'});
            var filter = new FilterRegistrationBean<>(
                    new ReadyAnswerFilter("/ready/", "{sku}", _ -> answer, new SimpleMeterRegistry()));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }

        @PostMapping("/slow")
        String place() {
            return stay("placed");
        }

        @GetMapping("/slow")
        String browse() {
            return stay("seen");
        }

        @GetMapping("/slow/{id}")
        String status() {
            return stay("pending");
        }

        @GetMapping("/slow/{id}/events")
        String events() {
            return stay("events");
        }

        @GetMapping("/later")
        Callable<String> later() {
            return () -> stay("later");
        }

        @GetMapping("/unavailable")
        String unavailable() {
            throw ProblemException.unavailable("database_down", "The database is away.", Duration.ofSeconds(1));
        }

        private String stay(String answer) {
            var until = gone;
            entered.release();
            until.acquireUninterruptibly();
            return answer;
        }
    }
}
