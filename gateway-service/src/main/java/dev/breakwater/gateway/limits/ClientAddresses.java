package dev.breakwater.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a call comes from. Anybody can write anything into {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239), so
 * they are read only on connections of trusted proxies, from the right, up to the first address that is not one of
 * them: that one was written by a proxy that saw it. A proxy should set one of the two and drop the other; where they
 * disagree neither is believed.
 *
 * <p>Of an IPv6 address the first 64 bits are told, for whoever has one has the whole block.
 */
@Component
class ClientAddresses {

    private static final String PROTOCOL = "X-Forwarded-Proto";
    private static final int IPV6_PREFIX = 8;

    private final List<AddressBlock> trusted;

    ClientAddresses(ProxyProperties properties) {
        trusted = properties.trustedProxies().stream().map(AddressBlock::parse).toList();
    }

    String of(HttpServletRequest request) {
        var peer = request.getRemoteAddr();
        if (trusted.isEmpty()) {
            return peer.indexOf(':') < 0 ? peer : told(literal(peer), peer);
        }
        var address = literal(peer);
        return told(address != null && isTrusted(address) ? behind(address, request) : address, peer);
    }

    /**
     * Whether a trusted proxy says by {@code X-Forwarded-Proto} that its client came over TLS, and none before it says
     * otherwise.
     */
    boolean isOverTls(HttpServletRequest request) {
        var said = trusted.isEmpty() ? null : request.getHeaders(PROTOCOL);
        if (said == null || !said.hasMoreElements()) {
            return false;
        }
        var peer = literal(request.getRemoteAddr());
        return peer != null
                && isTrusted(peer)
                && Collections.list(said).stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .allMatch(protocol -> protocol.strip().equalsIgnoreCase("https"));
    }

    private InetAddress behind(InetAddress proxy, HttpServletRequest request) {
        var old = lastUntrusted(proxy, hops(request, "X-Forwarded-For", false));
        var standard = lastUntrusted(proxy, hops(request, "Forwarded", true));
        if (old != null && standard != null && !old.equals(standard)) {
            return proxy;
        }
        if (old != null) {
            return old;
        }
        return standard == null ? proxy : standard;
    }

    /**
     * Null without any hop. What cannot be read was written by no proxy of ours: the one before it is the last word.
     */
    private @Nullable InetAddress lastUntrusted(InetAddress proxy, List<String> hops) {
        var last = hops.isEmpty() ? null : proxy;
        for (var hop : hops.reversed()) {
            var address = literal(hop);
            if (address == null) {
                return last;
            }
            last = address;
            if (!isTrusted(address)) {
                return last;
            }
        }
        return last;
    }

    private boolean isTrusted(InetAddress address) {
        for (var block : trusted) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> hops(HttpServletRequest request, String header, boolean isStandard) {
        var hops = new ArrayList<String>();
        for (var line : Collections.list(request.getHeaders(header))) {
            for (var hop : line.split(",", -1)) {
                hops.add(bare(isStandard ? forwardedFor(hop) : hop.strip()));
            }
        }
        return hops;
    }

    /** The {@code for} of one element; empty without. */
    private static String forwardedFor(String element) {
        for (var pair : element.split(";", -1)) {
            var text = pair.strip();
            if (text.regionMatches(true, 0, "for=", 0, 4)) {
                var value = text.substring(4);
                var isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return isQuoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    /** Without a port, and without the brackets that let an IPv6 address have one. */
    private static String bare(String hop) {
        if (hop.startsWith("[")) {
            return hop.substring(1, Math.max(1, hop.indexOf(']')));
        }
        var colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String told(@Nullable InetAddress address, String otherwise) {
        if (address instanceof Inet6Address) {
            return HexFormat.of().formatHex(address.getAddress(), 0, IPV6_PREFIX) + "/64";
        }
        return address == null ? otherwise : address.getHostAddress();
    }
}
