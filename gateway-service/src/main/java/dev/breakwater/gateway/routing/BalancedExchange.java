package dev.breakwater.gateway.routing;

import dev.breakwater.gateway.routing.ServiceCall.Affinity;
import dev.breakwater.platform.web.problem.BodyTooLargeException;
import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/** Takes a routed call to its service, and the answer back. */
@Component
public class BalancedExchange {

    private static final String PASSED_ON = BalancedExchange.class.getName();

    /** Once or twice makes no difference (RFC 9110, 9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

    private static final Set<String> BODILESS = Set.of("GET", "HEAD");

    private static final String PRODUCTS = "/api/v1/products/";

    private static final byte[] NOTHING = {};
    private static final int PIECE = 8_192;

    private final BalancedCall balanced;
    private final EventStreams streams;

    BalancedExchange(BalancedCall balanced, EventStreams streams) {
        this.balanced = balanced;
        this.streams = streams;
    }

    /** Whether a service has been asked to carry the request out. */
    public static boolean wasPassedOn(HttpServletRequest request) {
        return request.getAttribute(PASSED_ON) != null;
    }

    ServerResponse pass(RoutingProperties.Route route, HttpServletRequest received) {
        requireEncoded(received.getQueryString());
        var deadline = Deadline.begin(received, route.timeLimit());
        var body = body(received, deadline);
        // The path and the query as they came, not as they were understood here.
        var onward = new OnwardRequest(received.getMethod(), received.getRequestURI(), received.getQueryString());
        if (onward.isForEvents()) {
            streams.requireRoom();
        }
        PassedOn.inwards(received, onward::header);
        var call = new ServiceCall(route.service(), affinity(received), isRepeatable(received), onward, deadline);
        if (body.length > 0 || !call.isRead()) {
            onward.body(body);
        }
        received.setAttribute(PASSED_ON, true);
        return new PassedAnswer(balanced.send(call));
    }

    /** The path was looked at before; what a server makes of half an escape, no two agree on. */
    private static void requireEncoded(@Nullable String query) {
        if (query == null) {
            return;
        }
        for (var at = query.indexOf('%'); at >= 0; at = query.indexOf('%', at + 1)) {
            if (at + 2 >= query.length() || !isHex(query.charAt(at + 1)) || !isHex(query.charAt(at + 2))) {
                throw Problems.ofStatus(400);
            }
        }
    }

    private static boolean isHex(char c) {
        return HexFormat.isHexDigit(c);
    }

    /** A product is asked for at one place, where it is in memory; everything else follows the customer. */
    private static Affinity affinity(HttpServletRequest received) {
        var caller = received.getUserPrincipal();
        var customer = caller == null ? null : caller.getName();
        var path = received.getRequestURI();
        return new Affinity(path.startsWith(PRODUCTS) ? path.substring(PRODUCTS.length()) : customer, customer);
    }

    /** Its key makes a call that was repeated the same call. */
    private static boolean isRepeatable(HttpServletRequest received) {
        return IDEMPOTENT.contains(received.getMethod()) || received.getHeader("Idempotency-Key") != null;
    }

    /**
     * The server limits the time for each piece of it; who sends a byte a second has no longer than the call. Nobody is
     * waited for whose body would mean nothing.
     */
    private static byte[] body(HttpServletRequest received, Deadline deadline) {
        if (received.getContentLengthLong() <= 0 && received.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            return NOTHING;
        }
        if (BODILESS.contains(received.getMethod())) {
            throw ProblemException.badRequest("malformed_request", "This call has no body.");
        }
        try {
            var in = received.getInputStream();
            var body = new ByteArrayOutputStream(Math.max(0, received.getContentLength()));
            var piece = new byte[PIECE];
            for (int length; (length = in.read(piece)) >= 0; ) {
                body.write(piece, 0, length);
                if (deadline.isOver()) {
                    throw Problems.ofStatus(408);
                }
            }
            return body.toByteArray();
        } catch (BodyTooLargeException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw Problems.ofStatus(408);
            }
            throw ProblemException.badRequest("malformed_request", "The body of the request did not arrive.");
        }
    }
}
