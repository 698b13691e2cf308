package dev.breakwater.platform.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The outermost handler of a service: whatever a controller throws becomes a problem, and the service lives on. */
@RestControllerAdvice
public final class ProblemHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler(Throwable.class)
    void handle(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (thrown instanceof AsyncRequestNotUsableException) {
            log.debug("client took no answer method={} path={}", request.getMethod(), request.getRequestURI());
            return;
        }
        var problem = Problems.of(thrown);
        if (problem.status().value() == 500) {
            log.error("unhandled method={} path={}", request.getMethod(), request.getRequestURI(), thrown);
        }
        if (thrown instanceof ErrorResponse standard) {
            // Allow of a 405, Accept of a 415.
            standard.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        ProblemWriter.write(request, response, problem);
    }
}
