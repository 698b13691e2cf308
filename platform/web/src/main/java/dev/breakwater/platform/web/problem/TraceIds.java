package dev.breakwater.platform.web.problem;

import jakarta.servlet.ServletRequest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace id of an exchange, known also where its span is already closed or was never opened. */
public final class TraceIds {

    public static final String HEADER = "X-Trace-Id";
    private static final String ATTRIBUTE = TraceIds.class.getName();

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_ID_FROM = 3;
    private static final int TRACE_ID_TO = 35;
    private static final int TRACE_ID_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();

    private TraceIds() {}

    /** Called once, by whoever knows the trace first. */
    public static void set(ServletRequest request, String traceId) {
        request.setAttribute(ATTRIBUTE, traceId);
    }

    /**
     * The id in a W3C traceparent; without one, or with a malformed one, a new id. For an answer that needs no span.
     */
    public static String of(@Nullable String traceparent) {
        if (traceparent != null && TRACEPARENT.matcher(traceparent).matches()) {
            return traceparent.substring(TRACE_ID_FROM, TRACE_ID_TO);
        }
        var bytes = new byte[TRACE_ID_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HEX.formatHex(bytes);
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
