package dev.breakwater.gateway.limits;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Judges a call by whose it is: as soon as that is known, before it is asked what he may do, and before a body is read.
 */
final class CustomerLimitFilter extends HttpFilter {

    private final transient Limits limits;

    CustomerLimitFilter(Limits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var customer = SecurityContextHolder.getContext().getAuthentication();
        var rules = limits.rules().ofCustomers();
        if (customer != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request.getAttribute(Admission.ATTRIBUTE) instanceof Admission admission) {
            var call = new Call(request);
            var who = "customer:" + customer.getName();
            var refusal = admission.take(rules, call, who);
            if (refusal != null) {
                Refusals.write(request, response, refusal);
                return;
            }
            if (RequestDeadline.hasPassed(request)) {
                Refusals.tooLate(request, response, admission);
                return;
            }
            for (var rule : rules) {
                if (rule.isAbout(call)) {
                    Refusals.tell(response, rule, rule.limiter(who));
                }
            }
        }
        chain.doFilter(request, response);
    }
}
