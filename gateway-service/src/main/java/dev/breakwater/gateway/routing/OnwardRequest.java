package dev.breakwater.gateway.routing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** A request that any instance of a service can be sent. */
public final class OnwardRequest {

    private static final byte[] NOTHING = {};
    private static final String STREAM = "/events";

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final List<Header> headers = new ArrayList<>();
    private byte @Nullable [] body;

    /**
     * @param path encoded, as it is sent
     * @param query the same
     */
    OnwardRequest(String method, String path, @Nullable String query) {
        this.method = method;
        this.path = path;
        this.query = query;
    }

    public static OnwardRequest get(String path) {
        return get(path, null);
    }

    public static OnwardRequest get(String path, @Nullable String query) {
        return new OnwardRequest("GET", path, query);
    }

    /** With an empty body. */
    public static OnwardRequest post(String path) {
        return new OnwardRequest("POST", path, null).body(NOTHING);
    }

    public OnwardRequest header(String name, String value) {
        headers.add(new BasicHeader(name, value));
        return this;
    }

    OnwardRequest body(byte[] bytes) {
        body = bytes;
        return this;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** Whether a stream answers it: by its address, for who accepts anything, as curl does, does not say. */
    boolean isForEvents() {
        return method.equals("GET") && path.endsWith(STREAM);
    }

    /** Every try is a request of its own: one that was cancelled stays so. */
    HttpUriRequestBase at(URI instance) {
        var request = new HttpUriRequestBase(method, instance);
        request.setPath(query == null ? path : path + "?" + query);
        headers.forEach(request::addHeader);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        return request;
    }
}
