package dev.breakwater.bank.http;

import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;

/** One call as its route sees it. */
public record Request(Map<String, String> path, byte[] body) {

    /** The value of a variable of the route's template. */
    public String path(String variable) {
        return Objects.requireNonNull(path.get(variable), variable);
    }

    /** @throws Rejection when the body is not this type in JSON */
    public <T> T body(Class<T> type) {
        try {
            T parsed = Json.mapper().readValue(body, type);
            if (parsed == null) {
                throw Rejection.badRequest("The body is missing.");
            }
            return parsed;
        } catch (JacksonException e) {
            throw Rejection.badRequest("The body is not the JSON of this call.");
        }
    }
}
