package dev.breakwater.gateway.limits;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.security.BearerHeader;
import dev.breakwater.platform.web.security.RememberedTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Judges a call by everything that is known of it before its token is read. Calls without a bearer token count for
 * their address. Tokens that turn out to be bad are counted for it too, on their own: when they have used up as much,
 * no token from there is verified any more but those of which it is known that they are good. So nobody who only
 * browses keeps the customers out that have the same address.
 */
final class LimitFilter extends HttpFilter {

    private static final String BAD_TOKENS = "bad-tokens:";

    private final transient Limits limits;
    private final transient ClientAddresses addresses;
    private final transient RememberedTokens tokens;

    LimitFilter(Limits limits, ClientAddresses addresses, RememberedTokens tokens) {
        this.limits = limits;
        this.addresses = addresses;
        this.tokens = tokens;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var rules = limits.rules();
        var call = new Call(request);
        var authorization = BearerHeader.of(request);
        var address = rules.ofStrangers().isEmpty() ? "" : addresses.of(request);
        var admission = new Admission();
        var refusal = authorization == null
                ? admission.take(rules.ofStrangers(), call, "address:" + address)
                : exhausted(rules, call, BAD_TOKENS + address, authorization);
        if (refusal == null) {
            refusal = admission.take(rules.ofAll(), call, "");
        }
        if (refusal != null) {
            Refusals.write(request, response, refusal);
            return;
        }
        if (RequestDeadline.hasPassed(request)) {
            Refusals.tooLate(request, response, admission);
            return;
        }
        request.setAttribute(Admission.ATTRIBUTE, admission);
        chain.doFilter(request, response);
        if (authorization != null && response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
            new Admission().take(rules.ofStrangers(), call, BAD_TOKENS + address);
        }
    }

    private Admission.@Nullable Refusal exhausted(Rules rules, Call call, String badTokens, String authorization) {
        for (var rule : rules.ofStrangers()) {
            if (rule.isAbout(call) && rule.isExhausted(badTokens) && !tokens.remembers(authorization)) {
                return new Admission.Refusal(rule, rule.limiter(badTokens));
            }
        }
        return null;
    }
}
