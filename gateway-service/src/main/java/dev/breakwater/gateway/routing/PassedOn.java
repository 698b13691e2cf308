package dev.breakwater.gateway.routing;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Which headers cross the edge. Inwards only what the contract knows: so nothing that a client makes up (who it is, who
 * sent it, how its body is framed) reaches a service. Outwards everything but what belongs to the one connection or is
 * said by the gateway itself.
 */
public final class PassedOn {

    private static final Set<String> INWARDS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "last-event-id",
            "user-agent");

    private static final Set<String> NOT_OUTWARDS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "date",
            "server",
            "x-response-time",
            "x-trace-id");

    private PassedOn() {}

    static HttpHeaders inwards(HttpServletRequest received) {
        var passed = new HttpHeaders();
        for (var name : Collections.list(received.getHeaderNames())) {
            if (INWARDS.contains(name.toLowerCase(Locale.ROOT))) {
                passed.addAll(name, Collections.list(received.getHeaders(name)));
            }
        }
        return passed;
    }

    public static HttpHeaders outwards(Map<String, List<String>> answered) {
        var passed = new HttpHeaders();
        answered.forEach((name, values) -> {
            if (!NOT_OUTWARDS.contains(name.toLowerCase(Locale.ROOT))) {
                passed.addAll(name, values);
            }
        });
        return passed;
    }
}
