package dev.breakwater.platform.web.exchange;

import dev.breakwater.platform.web.problem.EncodedProblem;
import dev.breakwater.platform.web.problem.ProblemException;

/** What can be said at once. */
public sealed interface Ready permits ReadyAnswer, Ready.Refusal {

    /** There certainly is nothing. */
    record Refusal(ProblemException problem, EncodedProblem encoded) implements Ready {

        public Refusal(ProblemException problem) {
            this(problem, new EncodedProblem(problem));
        }
    }
}
