package dev.breakwater.platform.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import java.util.Base64;
import java.util.List;

/** The opaque form of "after this key" that clients hand back for the next page. */
public final class Cursor {

    private Cursor() {}

    public static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    /** @throws ProblemException 400 {@code invalid_cursor} for what no page handed out */
    public static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** For a caller that decoded a cursor and found that its key has another form than the list's. */
    public static ProblemException invalid() {
        return ProblemException.badRequest("invalid_cursor", "This cursor was not handed out by this list.")
                .withErrors(List.of(new FieldProblem("cursor", "is not a cursor of this list")));
    }
}
