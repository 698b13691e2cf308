package dev.breakwater.platform.web.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tomcat's last word on a request that it refused before any filter saw it (a bad request line, a forbidden character,
 * too many headers): a problem, not Tomcat's HTML page.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var traceId = TraceIds.of(request);
        var uri = request.getRequestURI();
        var problem = Problem.of(Problems.ofStatus(response.getStatus()), uri == null ? "" : uri, traceId);
        response.setHeader(TraceIds.HEADER, traceId);
        response.setHeader("X-Response-Time", "0");
        SecurityHeaders.set(request, response);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            var reporter = response.getReporter();
            if (reporter != null) {
                reporter.write(new String(JSON.writeValueAsBytes(problem), UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            log.debug("client gone before its refusal was written: {}", e.toString());
        }
    }
}
