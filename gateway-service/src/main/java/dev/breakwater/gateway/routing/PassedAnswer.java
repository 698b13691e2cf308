package dev.breakwater.gateway.routing;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** The answer of an instance as the client gets it: its headers and bytes as they are, copied once. */
public final class PassedAnswer implements ServerResponse {

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
            case OnwardAnswer.Body.Events(var events) -> events.accept(response.getOutputStream());
        }
        return null;
    }
}
