package dev.breakwater.platform.web.door;

import dev.breakwater.platform.overload.Sample;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.Overloaded;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * What the end of a call says about how much this service can do at a time.
 *
 * <p>A 503 or a 504 says that it did not manage, with two exceptions, or one client or one lame neighbour would shrink
 * the door for everybody: a 504 whose client left less time than a dropped call counts as, and a 503 that the service
 * gives a name other than {@code overloaded}, such as a price that another service does not tell. A refusal of the
 * client's fault took less than the work would have, and an error of ours as long as it liked.
 */
record Samples(Duration droppedAs) {

    Sample of(HttpServletRequest request, int status) {
        return switch (status) {
            case HttpServletResponse.SC_SERVICE_UNAVAILABLE -> dropped(!isNamedOtherwise(request));
            case HttpServletResponse.SC_GATEWAY_TIMEOUT -> dropped(!isHurried(request));
            default -> status < 400 ? Sample.SERVED : Sample.IGNORED;
        };
    }

    private static Sample dropped(boolean counts) {
        return counts ? Sample.DROPPED : Sample.IGNORED;
    }

    private static boolean isNamedOtherwise(HttpServletRequest request) {
        return request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE) instanceof ProblemException problem
                && !problem.code().equals(Overloaded.CODE);
    }

    private boolean isHurried(HttpServletRequest request) {
        try {
            return RequestDeadline.left(request.getHeader(RequestDeadline.HEADER), droppedAs)
                            .compareTo(droppedAs)
                    < 0;
        } catch (ProblemException notANumber) {
            return false;
        }
    }
}
