package dev.breakwater.gateway.limits;

import java.util.List;
import java.util.Set;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Some calls, by method and path. Decides as the routes do, so that no way of writing a path leads around a rule; but
 * the usual patterns and paths are compared as they are.
 *
 * @param methods none: any
 * @param paths a call has to match one of each list
 */
public record CallPattern(Set<String> methods, List<List<Path>> paths) {

    /** @param paths lists of patterns; an empty one matches any path */
    public static CallPattern of(Set<String> methods, List<List<String>> paths) {
        return new CallPattern(
                methods,
                paths.stream()
                        .filter(some -> !some.isEmpty())
                        .map(some -> some.stream().map(Path::of).toList())
                        .toList());
    }

    public boolean matches(Call call) {
        if (!methods.isEmpty() && !methods.contains(call.method())) {
            return false;
        }
        for (var some : paths) {
            if (!matchesOne(some, call)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesOne(List<Path> some, Call call) {
        for (var path : some) {
            if (path.matches(call)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param isPlain it is a path, or all below one
     * @param start that path
     */
    record Path(PathPattern pattern, boolean isPlain, String start, boolean isAllBelow) {

        private static final String ALL_BELOW = "/**";

        static Path of(String text) {
            var isAllBelow = text.endsWith(ALL_BELOW);
            var start = isAllBelow ? text.substring(0, text.length() - ALL_BELOW.length()) : text;
            var isPlain = start.chars().noneMatch(c -> "*?{}%;".indexOf(c) >= 0);
            return new Path(PathPatternParser.defaultInstance.parse(text), isPlain, start, isAllBelow);
        }

        boolean matches(Call call) {
            if (!isPlain || !call.isPlain()) {
                return pattern.matches(call.parsed());
            }
            var path = call.path();
            return isAllBelow
                    ? path.startsWith(start) && (path.length() == start.length() || path.charAt(start.length()) == '/')
                    : path.equals(start);
        }
    }
}
