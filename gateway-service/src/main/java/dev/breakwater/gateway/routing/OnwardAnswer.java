package dev.breakwater.gateway.routing;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.core5.http.Header;

/** What an instance answered. */
public final class OnwardAnswer {

    private final int status;
    private final Header[] headers;
    private final Body body;

    OnwardAnswer(int status, Header[] headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** What comes behind the head. */
    sealed interface Body {

        /**
         * There as a whole: the deadline held for its last byte too, and one that breaks off is an error, not half of
         * it.
         */
        @SuppressWarnings("ArrayRecordComponent") // handed to the answer, never compared
        record Whole(byte[] bytes) implements Body {}

        /**
         * Comes bit by bit, for as long as both sides like.
         *
         * @param to writes each piece to the client as it comes, and returns when either side has ended
         */
        record Events(Consumer<OutputStream> to) implements Body {}
    }

    public int status() {
        return status;
    }

    Header[] headers() {
        return headers;
    }

    public List<String> all(String name) {
        return Arrays.stream(headers)
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(Header::getValue)
                .toList();
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    Body body() {
        return body;
    }

    /** Nothing of a stream of events. */
    public byte[] bytes() {
        return body instanceof Body.Whole(var bytes) ? bytes : new byte[0];
    }
}
