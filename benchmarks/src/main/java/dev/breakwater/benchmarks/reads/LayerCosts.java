package dev.breakwater.benchmarks.reads;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a service its processor time goes to, from samples of stacks. A sample belongs to the innermost filter,
 * or other layer that is known here, on its stack: to what that does itself, and not to what it calls the next one for.
 */
final class LayerCosts {

    static final String CONTAINER = "Tomcat: connections, HTTP, its own valves";
    static final String BESIDE = "beside the calls: collector, compilers, schedulers, other threads";

    /** What only hands a call from one filter to the next. */
    private static final Set<String> BETWEEN_FILTERS = Set.of(
            "ApplicationFilterChain",
            "HttpFilter",
            "OncePerRequestFilter",
            "GenericFilterBean",
            "CompositeFilter",
            "CompositeFilter$VirtualFilterChain",
            "DelegatingFilterProxy",
            "FilterChainProxy$VirtualFilterChain",
            "WebSecurityConfiguration$CompositeFilterChainProxy");

    private static final Map<String, String> OTHERS = Map.of(
            "DispatcherServlet", "DispatcherServlet: finds and calls the handler",
            "BalancedExchange", "BalancedExchange: the request as it goes on",
            "Instances", "Instances: chooses one",
            "OnwardCall", "OnwardCall: sends, waits, reads",
            "PassedAnswer", "PassedAnswer: the answer to the client",
            "Http11Processor", CONTAINER);

    private final Map<String, Seen> layers = new TreeMap<>();
    private long samples;

    /** A method on a stack. */
    record Frame(String type, String method) {}

    /**
     * What one layer has of the samples.
     *
     * @param depths of its frames, from the outermost on, added up
     */
    private record Seen(long samples, long depths) {

        Seen plus(Seen other) {
            return new Seen(samples + other.samples, depths + other.depths);
        }

        double depth() {
            return (double) depths / samples;
        }
    }

    /** @param stack from the innermost frame on */
    void add(List<Frame> stack) {
        samples++;
        for (var at = 0; at < stack.size(); at++) {
            var layer = layer(stack.get(at));
            if (layer != null) {
                layers.merge(layer, new Seen(1, stack.size() - at), Seen::plus);
                return;
            }
        }
        layers.merge(BESIDE, new Seen(1, 0), Seen::plus);
    }

    long samples() {
        return samples;
    }

    /** The share of each layer, 0 to 1, from the outermost on. */
    Map<String, Double> shares() {
        var shares = new LinkedHashMap<String, Double>();
        layers.entrySet().stream()
                .sorted(Comparator.comparingDouble(layer -> layer.getValue().depth()))
                .forEach(layer ->
                        shares.put(layer.getKey(), (double) layer.getValue().samples() / samples));
        return shares;
    }

    private static @Nullable String layer(Frame frame) {
        var name = frame.type().substring(frame.type().lastIndexOf('.') + 1);
        // A chain that is a lambda hands on as well, and has no name that means anything.
        if (frame.type().contains("$$Lambda")) {
            return null;
        }
        var isFilter = frame.method().equals("doFilter") || frame.method().equals("doFilterInternal");
        if (isFilter && !BETWEEN_FILTERS.contains(name)) {
            return name;
        }
        return OTHERS.get(name);
    }
}
