package dev.breakwater.platform.remote;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import org.springframework.web.client.RestClientResponseException;

/** What a breaker takes for a failure of those it stands before. */
final class Failures {

    private Failures() {}

    /** Everything but an answer that says what is wrong with the question (4xx). */
    static boolean isFailure(Throwable thrown) {
        return !(thrown instanceof RestClientResponseException answer
                && answer.getStatusCode().is4xxClientError());
    }

    /** Neither good nor bad: it was not called, or what happened was not its doing. */
    static boolean saysNothing(Throwable thrown) {
        return thrown instanceof BulkheadFullException || thrown instanceof SaysNothingException;
    }
}
