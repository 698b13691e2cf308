package dev.breakwater.platform.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The body of an error, RFC 9457, with the suite's {@code code} and {@code traceId}. */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String traceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldProblem> errors) {

    static Problem of(ProblemException problem, String instance, String traceId) {
        return new Problem(
                "urn:breakwater:problem:" + problem.code(),
                problem.status().getReasonPhrase(),
                problem.status().value(),
                problem.detail(),
                instance,
                problem.code(),
                traceId,
                problem.errors());
    }
}
