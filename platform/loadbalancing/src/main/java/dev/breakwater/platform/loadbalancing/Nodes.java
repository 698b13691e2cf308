package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.OpenCalls.Teller;
import dev.breakwater.platform.loadbalancing.nodes.Call;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import dev.breakwater.platform.loadbalancing.nodes.Node;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.cloud.client.ServiceInstance;

/**
 * What is known of the instances of each service. Calls through {@code @LoadBalanced} clients and
 * {@code LoadBalancerClient.execute} are told of by Spring. Who calls {@code choose} and does the exchange himself
 * tells of it here, or the strategies are blind for it:
 *
 * <pre>
 *   var instance = loadBalancer.choose("order-service", PickContext.request(null, null, customer));
 *   try (var call = nodes.begin("order-service", instance)) {
 *       var answer = send(instance);
 *       if (answer.statusCode() < 500) {
 *           call.succeeded();
 *       } else if (answer.statusCode() != 503) {
 *           call.failed();
 *       }
 *   } catch (IOException e) { ...
 * </pre>
 *
 * where an exception leaves the call without a word, so say {@link Call#failed()} first if it was the instance's fault.
 */
public final class Nodes {

    private final Supplier<LoadBalancingSettings> settings;
    private final MeterRegistry meters;
    private final LongSupplier nanos;
    private final LongSupplier random;
    private final OpenCalls open = new OpenCalls();
    private final Map<String, BalancedClient> clients = new ConcurrentHashMap<>();

    /**
     * @param settings asked at each pick
     * @param nanos the clock
     * @param random 64 even bits each time, from any thread
     */
    Nodes(Supplier<LoadBalancingSettings> settings, MeterRegistry meters, LongSupplier nanos, LongSupplier random) {
        this.settings = settings;
        this.meters = meters;
        this.nanos = nanos;
        this.random = random;
    }

    /** What is known of an instance. */
    public record NodeState(
            String instance,
            Health health,
            Duration sinceSeen,
            int inFlight,
            long picks,
            long requests,
            long errors,
            Duration latency) {}

    /**
     * A call begins.
     *
     * @param service the name that the instance was chosen by
     * @param instance as it was chosen
     * @return to be ended, or closed
     */
    public Call begin(String service, ServiceInstance instance) {
        return open.begin(client(service), instance, Teller.CALLER);
    }

    /** All that the registry told within the last half minute. */
    public List<NodeState> states(String service) {
        var now = nanos.getAsLong();
        return client(service).nodes().stream().map(node -> state(node, now)).toList();
    }

    Call beginForSpring(String service, ServiceInstance instance, boolean isReactive) {
        return open.begin(client(service), instance, isReactive ? Teller.SPRING_REACTIVE : Teller.SPRING);
    }

    BalancedClient client(String service) {
        var known = clients.get(service);
        return known != null
                ? known
                : clients.computeIfAbsent(
                        service,
                        name -> new BalancedClient(name, settings, new NodeMetrics(name, meters), nanos, random));
    }

    private static NodeState state(Node node, long now) {
        return new NodeState(
                node.id(),
                node.health(now),
                Duration.ofNanos(now - node.lastSeen()),
                node.inFlight(),
                node.picks(),
                node.requests(),
                node.errors(),
                Duration.ofNanos((long) node.latency(now)));
    }
}
