package dev.breakwater.platform.web.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.netflix.concurrency.limits.Limit;
import dev.breakwater.platform.overload.AdaptiveLimitSettings;
import dev.breakwater.platform.overload.Door;
import dev.breakwater.platform.overload.Shares;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.ProblemHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the limit is told of calls that end in one way or another; a dropped call counts as four seconds. */
class SamplesTest {

    private static final DoorProperties PROPERTIES = new DoorProperties(
            new AdaptiveLimitSettings(10, 10, 10, 10, Duration.ofSeconds(4)),
            new Shares(0.9, 0.8, 0.7),
            List.of(),
            List.of());

    private final Told told = new Told();
    private final MockMvc service = MockMvcBuilders.standaloneSetup(new Endings())
            .setControllerAdvice(new ProblemHandler())
            .addFilters(new DoorFilter(new Door(told, PROPERTIES.shares()), PROPERTIES))
            .build();

    @Test
    void an_answer_is_measured() throws Exception {
        assertThat(call("/ok", null)).isEqualTo(200);
        assertThat(told.dropped).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/overloaded", "/unnamed", "/late"})
    void what_this_service_does_not_manage_counts_as_dropped(String path) throws Exception {
        assertThat(call(path, null)).isBetween(503, 504);
        assertThat(told.dropped).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lacking/inventory_unavailable", "/lacking/too_many_overviews", "/missing", "/broken"})
    void what_says_nothing_about_this_services_own_room_is_ignored(String path) throws Exception {
        assertThat(call(path, null)).isGreaterThanOrEqualTo(404);
        assertThat(told.dropped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "50", "0003999"})
    void a_deadline_that_the_client_set_short_is_the_clients_own_affair(String deadline) throws Exception {
        assertThat(call("/late", deadline)).isEqualTo(504);
        assertThat(told.dropped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000", "9999", "99999999999999999999", "soon"})
    void a_deadline_that_leaves_time_for_the_work_excuses_nothing(String deadline) throws Exception {
        assertThat(call("/late", deadline)).isEqualTo(504);
        assertThat(told.dropped).containsExactly(true);
    }

    @Test
    void a_short_deadline_does_not_hide_that_there_is_too_much_to_do() throws Exception {
        assertThat(call("/overloaded", "50")).isEqualTo(503);
        assertThat(told.dropped).containsExactly(true);
    }

    private int call(String path, @Nullable String deadline) throws Exception {
        var call = get(path);
        if (deadline != null) {
            call.header(RequestDeadline.HEADER, deadline);
        }
        return service.perform(call).andReturn().getResponse().getStatus();
    }

    /** Keeps in mind, of each sample, whether it was a dropped call. */
    private static final class Told implements Limit {

        private final List<Boolean> dropped = new ArrayList<>();

        @Override
        public int getLimit() {
            return 10;
        }

        @Override
        public void notifyOnChange(Consumer<Integer> consumer) {
            // It never changes.
        }

        @Override
        public void onSample(long startTime, long rtt, int inflight, boolean didDrop) {
            dropped.add(didDrop);
        }
    }

    @RestController
    static final class Endings {

        @GetMapping("/ok")
        String ok() {
            return "ok";
        }

        @GetMapping("/overloaded")
        String overloaded() {
            throw unavailable("overloaded");
        }

        @GetMapping("/lacking/{code}")
        String lacking(@PathVariable("code") String code) {
            throw unavailable(code);
        }

        /** As a database does that has no connection for the call, or a container that stops. */
        @GetMapping("/unnamed")
        String unnamed() {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        }

        @GetMapping("/late")
        String late() {
            throw RequestDeadline.exceeded();
        }

        @GetMapping("/missing")
        String missing() {
            throw ProblemException.notFound("missing", "There is none.");
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("broken");
        }

        private static ProblemException unavailable(String code) {
            return ProblemException.unavailable(code, "Not now.", Duration.ofSeconds(1));
        }
    }
}
