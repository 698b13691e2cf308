package dev.breakwater.platform.web.door;

import dev.breakwater.platform.overload.Door;
import dev.breakwater.platform.overload.Sample;
import dev.breakwater.platform.web.door.DoorRules.Rule;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.exchange.UsualHeaders;
import dev.breakwater.platform.web.problem.EncodedProblem;
import dev.breakwater.platform.web.problem.Overloaded;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets calls in as the {@link Door} has room, and says no to the others before anything is done for them: before the
 * observation, the token and the body, without a line in the log. Were a refusal as dear as an answer, a flood would
 * win by being refused.
 */
public final class DoorFilter extends HttpFilter {

    private static final EncodedProblem TOO_LATE = new EncodedProblem(
            RequestDeadline.exceeded("The deadline had passed when the call came; nothing was done about it."));

    private final Door door;
    private final DoorRules rules;
    private final Samples samples;

    public DoorFilter(Door door, DoorProperties properties) {
        this.door = door;
        this.rules = new DoorRules(properties.calls(), properties.passing());
        this.samples = new Samples(properties.limit().droppedAs());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var began = System.nanoTime();
        var rule = rules.of(request.getMethod(), request.getRequestURI());
        if (rule == null) {
            chain.doFilter(request, response);
        } else if (RequestDeadline.isOver(request.getHeader(RequestDeadline.HEADER))) {
            refuse(request, response, TOO_LATE, began);
        } else {
            var place = door.enter(rule.priority());
            if (place == null) {
                refuse(request, response, Overloaded.ANSWER, began);
            } else {
                letIn(request, response, chain, new Visit(place, rule, request));
            }
        }
    }

    private void letIn(HttpServletRequest request, HttpServletResponse response, FilterChain chain, Visit visit)
            throws IOException, ServletException {
        var returned = false;
        try {
            chain.doFilter(request, response);
            returned = true;
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new LeavingLater(visit), request, response);
            } else {
                visit.end(returned ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, EncodedProblem problem, long began)
            throws IOException {
        var trace = UsualHeaders.trace(request);
        UsualHeaders.set(request, response, trace, began);
        problem.write(response, request.getRequestURI(), trace);
    }

    /** A call that was let in. */
    final class Visit {

        private final Door.Place place;
        private final Rule rule;
        private final HttpServletRequest request;

        private Visit(Door.Place place, Rule rule, HttpServletRequest request) {
            this.place = place;
            this.rule = rule;
            this.request = request;
        }

        void end(int status) {
            place.leave(rule.measured() ? samples.of(request, status) : Sample.IGNORED);
        }
    }
}
