package dev.breakwater.gateway.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.core5.http.Header;
import org.springframework.http.HttpStatus;

/** What an instance answered. */
public final class OnwardAnswer {

    private static final String OVERLOADED = "\"code\":\"overloaded\"";

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

    /**
     * Whether the instance had no room for the call and did nothing about it. Not any 503: one that lacks a price or a
     * dependency for one call has room for others.
     */
    boolean isRefusal() {
        return status == HttpStatus.SERVICE_UNAVAILABLE.value() && new String(bytes(), UTF_8).contains(OVERLOADED);
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
