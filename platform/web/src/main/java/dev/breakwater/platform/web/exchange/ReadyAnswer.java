package dev.breakwater.platform.web.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A representation in bytes, encoded once, which nobody may change.
 *
 * @param etag a strong entity tag, in its quotes
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the answer, never compared
public record ReadyAnswer(String etag, String contentType, String cacheControl, byte[] body) implements Ready {

    /**
     * Whether the client has it already: then the answer is 304.
     *
     * @param ifNoneMatch a list of tags, weak or strong, or a star
     */
    public boolean isKnown(@Nullable String ifNoneMatch) {
        // A quote ends each tag, so that none is a part of another.
        return ifNoneMatch != null && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(etag));
    }
}
