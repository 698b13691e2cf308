package dev.breakwater.platform.remote;

import dev.breakwater.platform.web.exchange.RequestDeadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Makes requests that are given up, to the last byte of the answer, when the {@link CallDeadline} of their caller
 * passes or the longest time of one request, whichever comes first, and that tell the other side so.
 */
final class DeadlineRequests implements ClientHttpRequestFactory {

    private final HttpClient http;
    private final Duration longest;

    DeadlineRequests(HttpClient http, Duration longest) {
        this.http = http;
        this.longest = longest;
    }

    /** @throws HttpTimeoutException if no time is left to begin */
    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        var deadline = CallDeadline.current();
        if (deadline.hasPassed()) {
            throw new HttpTimeoutException("no time left to call " + uri.getHost());
        }
        var left = deadline.left().compareTo(longest) < 0 ? deadline.left() : longest;
        // One a request, for it holds nothing but its settings.
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(left);
        var request = requests.createRequest(uri, method);
        request.getHeaders().set(RequestDeadline.HEADER, Long.toString(Math.max(1, left.toMillis())));
        return request;
    }
}
