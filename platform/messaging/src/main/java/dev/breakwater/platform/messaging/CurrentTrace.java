package dev.breakwater.platform.messaging;

import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** The trace that the current thread works for, as it is handed on with a message. */
public class CurrentTrace {

    private final Tracer tracer;

    public CurrentTrace(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A W3C {@code traceparent}; null outside of any trace. */
    public @Nullable String traceparent() {
        var span = tracer.currentSpan();
        if (span == null) {
            return null;
        }
        var context = span.context();
        var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }
}
