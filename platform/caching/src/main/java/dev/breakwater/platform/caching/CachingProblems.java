package dev.breakwater.platform.caching;

import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A source that does not come to an end is a 503 with Retry-After, not an error of ours. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CachingProblems {

    @ExceptionHandler(LoadTimedOutException.class)
    void unavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(
                request,
                response,
                ProblemException.unavailable(
                        "service_unavailable", "This cannot be found out now.", Duration.ofSeconds(1)));
    }
}
