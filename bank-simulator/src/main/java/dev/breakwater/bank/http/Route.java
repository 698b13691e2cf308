package dev.breakwater.bank.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method and a path template such as {@code /channels/{channel}/charges/{key}}. */
public record Route(String method, List<String> template, Endpoint endpoint) {

    public static Route get(String template, Endpoint endpoint) {
        return new Route("GET", segments(template), endpoint);
    }

    public static Route post(String template, Endpoint endpoint) {
        return new Route("POST", segments(template), endpoint);
    }

    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** The path's variables, if the path fits the template. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != template.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{")) {
                variables.put(expected.substring(1, expected.length() - 1), decoded(path.get(i)));
            } else if (!expected.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Rejection.badRequest("The path is not well encoded.");
        }
    }
}
