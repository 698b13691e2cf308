package dev.breakwater.gateway.limits;

import dev.breakwater.platform.overload.rate.Limiter;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How a client is told of limits: by the fields of draft-ietf-httpapi-ratelimit-headers-10. */
final class Refusals {

    private static final String POLICY = "RateLimit-Policy";
    private static final String STANDING = "RateLimit";

    private Refusals() {}

    static void write(HttpServletRequest request, HttpServletResponse response, Admission.Refusal refusal)
            throws IOException {
        var rule = refusal.rule();
        response.setHeader(POLICY, rule.policy());
        response.setHeader(STANDING, rule.refusal(refusal.limiter()));
        ProblemWriter.write(
                request,
                response,
                ProblemException.tooManyRequests(
                        "rate_limited",
                        "Too many calls: the limit \"%s\" is reached.".formatted(rule.name()),
                        refusal.limiter().comeBackIn()));
    }

    /** For a call that waited for its turn longer than its client does. */
    static void tooLate(HttpServletRequest request, HttpServletResponse response, Admission admission)
            throws IOException {
        admission.giveBack();
        ProblemWriter.write(
                request,
                response,
                RequestDeadline.exceeded(
                        "The deadline had passed when the call's turn came; nothing was done about it."));
    }

    static void tell(HttpServletResponse response, Rule rule, Limiter limiter) {
        response.addHeader(POLICY, rule.policy());
        response.addHeader(STANDING, rule.standing(limiter));
    }
}
