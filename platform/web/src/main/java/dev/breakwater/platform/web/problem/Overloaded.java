package dev.breakwater.platform.web.problem;

import java.time.Duration;

/** What a call is told that came when there was no room for it. */
public final class Overloaded {

    public static final String CODE = "overloaded";

    /** Encoded once: were a refusal as dear as an answer, a flood would win by being refused. */
    public static final EncodedProblem ANSWER = new EncodedProblem(ProblemException.unavailable(
            CODE, "There is too much to do just now; nothing was done about this call.", Duration.ofSeconds(1)));

    private Overloaded() {}
}
