package dev.breakwater.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/** What is looked at in a request before it is judged. */
public final class Call {

    private final String method;
    private final String path;
    private @Nullable PathContainer parsed;

    public Call(HttpServletRequest request) {
        this(request.getMethod(), request.getRequestURI());
    }

    /** @param path as it came */
    Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** Whether the path is as it came: nothing in it is encoded, and nothing is a parameter of a segment. */
    boolean isPlain() {
        return path.indexOf('%') < 0 && path.indexOf(';') < 0;
    }

    PathContainer parsed() {
        if (parsed == null) {
            parsed = PathContainer.parsePath(path);
        }
        return parsed;
    }
}
