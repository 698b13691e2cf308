package dev.breakwater.platform.web.security;

import jakarta.servlet.http.HttpServletRequest;

/** Tells which calls another service carried out. */
@FunctionalInterface
public interface PassedOnCalls {

    /** Asked when the call is over. */
    boolean contain(HttpServletRequest request);
}
