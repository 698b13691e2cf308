package dev.breakwater.gateway.routing;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** The answer of an instance as the client gets it: its headers and bytes as they are, copied once. */
public final class PassedAnswer implements ServerResponse {

    private static final Logger log = LoggerFactory.getLogger(PassedAnswer.class);

    private final OnwardAnswer answered;

    public PassedAnswer(OnwardAnswer answered) {
        this.answered = answered;
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(answered.status());
    }

    @Override
    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        PassedOn.outwards(answered.headers(), headers::add);
        return headers;
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        response.setStatus(answered.status());
        PassedOn.outwards(answered.headers(), response::addHeader);
        switch (answered.body()) {
            case OnwardAnswer.Body.Whole(var bytes) -> {
                if (bytes.length > 0) {
                    response.getOutputStream().write(bytes);
                }
            }
            case OnwardAnswer.Body.Events(var events) -> passOn(events, request, response);
        }
        return null;
    }

    /** On a thread of its own: who merely listens takes no place that another call could have. */
    private static void passOn(Consumer<OutputStream> events, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // Before that, so that nobody who still writes headers meets the one who writes events.
        response.flushBuffer();
        var client = response.getOutputStream();
        var listening = request.startAsync(request, response);
        listening.setTimeout(0);
        Thread.ofVirtual().name("events").start(() -> {
            try {
                events.accept(client);
            } finally {
                end(listening);
            }
        });
    }

    private static void end(AsyncContext listening) {
        try {
            listening.complete();
        } catch (IllegalStateException e) {
            // The client went away, and the server has ended it already.
            log.debug("event stream ended cause={}", e.getMessage());
        }
    }
}
