package dev.breakwater.platform.remote;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.net.http.HttpTimeoutException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;

/** What a breaker takes for a failure of those it stands before, and what a throttle for not accepted. */
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

    /** An answer that says that there is too much to do; any other 503 is about one call. */
    static boolean isOverloaded(Throwable thrown) {
        return thrown instanceof HttpServerErrorException.ServiceUnavailable answer
                && answer.getResponseBodyAsString().contains("\"code\":\"overloaded\"");
    }

    static boolean isTimeout(Throwable thrown) {
        return thrown instanceof ResourceAccessException && thrown.getCause() instanceof HttpTimeoutException;
    }

    static boolean isAnswer(Throwable thrown) {
        return thrown instanceof RestClientResponseException;
    }
}
