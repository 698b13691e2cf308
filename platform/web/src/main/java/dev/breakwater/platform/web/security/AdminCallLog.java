package dev.breakwater.platform.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A line for each attempt at what is for admins alone, by whomever, and for each call of an admin that may change
 * something: who, what, and how it ended, refusals included. It is written by the service that carried it out or
 * refused it, and not by one that passed it on. The logger is called {@code audit}, so that it can be sent elsewhere;
 * the trace id is on every line.
 */
final class AdminCallLog extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger("audit");
    private static final String ADMIN = "ROLE_admin";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final PassedOnCalls passedOn;
    private final SecurityContextRepository callers = new RequestAttributeSecurityContextRepository();

    AdminCallLog(PassedOnCalls passedOn) {
        this.passedOn = passedOn;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            var status = answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            var caller = callers.loadDeferredContext(request).get().getAuthentication();
            if (isToBeWrittenDown(request, status, caller) && !passedOn.contain(request)) {
                log.info(
                        "admin call admin={} method={} path={} status={}",
                        caller == null ? "-" : caller.getName(),
                        request.getMethod(),
                        request.getRequestURI(),
                        status);
            }
        }
    }

    private static boolean isToBeWrittenDown(HttpServletRequest request, int status, @Nullable Authentication caller) {
        if (status == HttpServletResponse.SC_FORBIDDEN || isForAdmins(request.getRequestURI())) {
            return true;
        }
        return caller != null
                && !READS.contains(request.getMethod())
                && caller.getAuthorities().stream().anyMatch(authority -> ADMIN.equals(authority.getAuthority()));
    }

    private static boolean isForAdmins(String path) {
        return path.startsWith("/api/v1/admin/") || path.equals("/api/v1/audit") || path.startsWith("/internal/");
    }
}
