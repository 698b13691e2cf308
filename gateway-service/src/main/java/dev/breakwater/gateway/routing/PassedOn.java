package dev.breakwater.gateway.routing;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.hc.core5.http.Header;

/**
 * Which headers cross the edge. Inwards only what the contract knows: so nothing that a client makes up (who it is, who
 * sent it, how its body is framed) reaches a service. Outwards everything but what belongs to the one connection or is
 * said by the gateway itself.
 */
final class PassedOn {

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

    static void inwards(HttpServletRequest received, BiConsumer<String, String> header) {
        for (var names = received.getHeaderNames(); names.hasMoreElements(); ) {
            var name = names.nextElement();
            if (INWARDS.contains(name.toLowerCase(Locale.ROOT))) {
                for (var values = received.getHeaders(name); values.hasMoreElements(); ) {
                    header.accept(name, values.nextElement());
                }
            }
        }
    }

    static void outwards(Header[] answered, BiConsumer<String, String> header) {
        for (var one : answered) {
            if (!NOT_OUTWARDS.contains(one.getName().toLowerCase(Locale.ROOT))) {
                header.accept(one.getName(), one.getValue());
            }
        }
    }
}
