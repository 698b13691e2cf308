package dev.breakwater.gateway.edge;

import dev.breakwater.gateway.routing.OnwardAnswer;

/** The service answered with something that is not kept: a problem, or a page that it knows to be old. */
final class PassedOnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OnwardAnswer answer;

    PassedOnException(OnwardAnswer answer) {
        super("status " + answer.status(), null, false, false);
        this.answer = answer;
    }

    OnwardAnswer answer() {
        return answer;
    }
}
