package dev.breakwater.platform.web.exchange;

import dev.breakwater.platform.web.problem.SecurityHeaders;
import dev.breakwater.platform.web.problem.TraceIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;

/** The header fields of every answer, for one that is given before those who set them otherwise. */
public final class UsualHeaders {

    private UsualHeaders() {}

    /**
     * @param trace the id that the answer bears
     * @param began when the request came, in the time of {@link System#nanoTime}
     * @return how long it took, in nanoseconds
     */
    public static long set(HttpServletRequest request, HttpServletResponse response, String trace, long began) {
        response.setHeader(TraceIds.HEADER, trace);
        SecurityHeaders.set(request, response);
        var elapsed = System.nanoTime() - began;
        response.setHeader("X-Response-Time", Long.toString(TimeUnit.NANOSECONDS.toMillis(elapsed)));
        return elapsed;
    }

    /** The id of the trace that the client is in, or a new one. */
    public static String trace(HttpServletRequest request) {
        return TraceIds.of(request.getHeader("traceparent"));
    }
}
