package dev.breakwater.platform.web.problem;

import jakarta.servlet.ServletRequest;
import java.util.UUID;

/** The trace id of an exchange, known also where its span is already closed or was never opened. */
public final class TraceIds {

    public static final String HEADER = "X-Trace-Id";
    private static final String ATTRIBUTE = TraceIds.class.getName();

    private TraceIds() {}

    /** Called once, by whoever knows the trace first. */
    public static void set(ServletRequest request, String traceId) {
        request.setAttribute(ATTRIBUTE, traceId);
    }

    /** The id of the request's trace; for a request that was refused before tracing began, a new one. */
    public static String of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        var fresh = UUID.randomUUID().toString().replace("-", "");
        set(request, fresh);
        return fresh;
    }
}
