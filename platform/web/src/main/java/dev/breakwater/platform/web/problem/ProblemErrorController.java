package dev.breakwater.platform.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Turns what failed outside the controllers, in a filter or in the container, into a problem. */
@Controller
public final class ProblemErrorController implements ErrorController {

    private static final Logger log = LoggerFactory.getLogger(ProblemErrorController.class);

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var thrown = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        var status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var problem = problem(thrown, status);
        if (problem.status().value() == 500) {
            log.error("unhandled path={}", request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), thrown);
        }
        ProblemWriter.write(request, response, problem);
    }

    private static ProblemException problem(@Nullable Throwable thrown, @Nullable Integer status) {
        if (thrown instanceof SocketTimeoutException) {
            // The container's own: the rest of the request did not come.
            return Problems.ofStatus(408);
        }
        if (thrown instanceof BadRequestException) {
            // The container's own as well: what came of it is no HTTP, or broke off.
            return Problems.ofStatus(400);
        }
        return thrown != null ? Problems.of(thrown) : Problems.ofStatus(status == null ? 404 : status);
    }
}
