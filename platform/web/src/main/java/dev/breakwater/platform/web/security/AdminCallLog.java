package dev.breakwater.platform.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A line for each call of an admin that may change something, written by the service that carried it out: who, what,
 * and how it ended. The logger is called {@code audit}, so that it can be sent elsewhere; the trace id is on every
 * line.
 */
final class AdminCallLog extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger("audit");
    private static final String ADMIN = "ROLE_admin";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        var isRead = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (isRead
                || caller == null
                || caller.getAuthorities().stream().noneMatch(authority -> ADMIN.equals(authority.getAuthority()))) {
            chain.doFilter(request, response);
            return;
        }
        var answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            log.info(
                    "admin call admin={} method={} path={} status={}",
                    caller.getName(),
                    request.getMethod(),
                    request.getRequestURI(),
                    answered ? response.getStatus() : 500);
        }
    }
}
