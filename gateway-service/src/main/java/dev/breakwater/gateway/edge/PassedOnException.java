package dev.breakwater.gateway.edge;

import java.net.http.HttpResponse;

/** The service answered with something that is not kept: a problem, or a page that it knows to be old. */
final class PassedOnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HttpResponse<byte[]> answer;

    PassedOnException(HttpResponse<byte[]> answer) {
        super("status " + answer.statusCode(), null, false, false);
        this.answer = answer;
    }

    HttpResponse<byte[]> answer() {
        return answer;
    }
}
