package dev.breakwater.platform.caching;

import org.jspecify.annotations.Nullable;

/**
 * What the source says of a key, or that it knows no such thing.
 *
 * @param version higher after each change; 0 for a thing that there is not
 * @param body encoded once, and handed out as it is: nobody may change it; null for a thing that there is not
 * @param etag the strong entity tag of the version, in its quotes
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the source to the answer, never compared
public record Cached(long version, byte @Nullable [] body, String etag) {

    public static final Cached ABSENT = new Cached(0, null);

    public Cached(long version, byte @Nullable [] body) {
        this(version, body, "\"" + version + "\"");
    }

    public boolean isAbsent() {
        return body == null;
    }
}
