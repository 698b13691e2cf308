package dev.breakwater.gateway.routing;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;

/** The body of an answer that is passed on. */
sealed interface PassedBody {

    /**
     * There as a whole: the deadline held for its last byte too, and one that breaks off is an error, not half of it.
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to the answer, never compared
    record Whole(byte[] bytes) implements PassedBody {}

    /** Comes bit by bit, for as long as both sides like. */
    record Events(InputStream events) implements PassedBody {}

    static BodyHandler<PassedBody> handler() {
        return answer -> isEvents(answer.headers())
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), Events::new)
                : whole();
    }

    private static BodySubscriber<PassedBody> whole() {
        return BodySubscribers.mapping(BodySubscribers.ofByteArray(), Whole::new);
    }

    private static boolean isEvents(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
    }
}
