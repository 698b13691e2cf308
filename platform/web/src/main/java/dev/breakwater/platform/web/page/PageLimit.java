package dev.breakwater.platform.web.page;

import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many items a client wants on a page. */
public final class PageLimit {

    public static final int DEFAULT = 20;
    public static final int MOST = 100;

    private PageLimit() {}

    /** @throws ProblemException 400 for anything but a whole number from 1 to {@value #MOST} */
    public static int parse(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT;
        }
        if (limit.matches("[0-9]{1,3}")) {
            var value = Integer.parseInt(limit);
            if (value >= 1 && value <= MOST) {
                return value;
            }
        }
        throw ProblemException.badRequest("invalid_request", "The page limit is not valid.")
                .withErrors(List.of(new FieldProblem("limit", "must be a whole number from 1 to " + MOST)));
    }
}
