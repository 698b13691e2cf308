package dev.breakwater.platform.web.door;

import dev.breakwater.platform.overload.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What the door makes of a call, by its method and path: all that is known of it before its token is read. */
public final class DoorRules {

    private static final Rule OF_THE_REST = new Rule(Priority.BROWSING, true);

    private final List<PathPattern> passing;
    private final List<Matcher> matchers;

    /**
     * @param calls of several that fit, the first
     * @param passing patterns of the paths of calls that pass by the limit
     */
    public DoorRules(List<DoorProperties.Call> calls, List<String> passing) {
        this.passing = passing.stream().map(DoorRules::parsed).toList();
        matchers = calls.stream()
                .map(call ->
                        new Matcher(call.method(), parsed(call.path()), new Rule(call.priority(), call.measured())))
                .toList();
    }

    public record Rule(Priority priority, boolean measured) {}

    private record Matcher(@Nullable String method, PathPattern path, Rule rule) {

        boolean fits(String asked, PathContainer at) {
            return (method == null || method.equals(asked)) && path.matches(at);
        }
    }

    /**
     * Null for a call that passes by the limit.
     *
     * @param uri the path as it came
     */
    public @Nullable Rule of(String method, String uri) {
        var at = PathContainer.parsePath(uri);
        for (var matcher : matchers) {
            if (matcher.fits(method, at)) {
                return matcher.rule;
            }
        }
        for (var path : passing) {
            if (path.matches(at)) {
                return null;
            }
        }
        return OF_THE_REST;
    }

    private static PathPattern parsed(String pattern) {
        return PathPatternParser.defaultInstance.parse(pattern);
    }
}
