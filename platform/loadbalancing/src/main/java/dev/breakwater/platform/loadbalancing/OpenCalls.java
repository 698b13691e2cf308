package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Sees to it that a call which is told of twice counts once: one that its caller told of and that then goes through
 * Spring's {@code execute}, or the other way round, on the same thread and at the same instance. Two calls that the
 * same one tells of are two.
 */
final class OpenCalls {

    enum Teller {
        CALLER,
        SPRING,
        /** Of a reactive call, which goes on when the thread has long done something else. */
        SPRING_REACTIVE
    }

    private record Open(Call call, Teller teller) {}

    private final ThreadLocal<@Nullable Open> last = new ThreadLocal<>();

    Call begin(BalancedClient client, ServiceInstance instance, Teller teller) {
        if (teller == Teller.SPRING_REACTIVE) {
            return client.begin(instance);
        }
        var open = last.get();
        if (open != null && open.teller != teller && open.call.isAt(client.node(instance))) {
            last.remove();
            return open.call;
        }
        var call = client.begin(instance);
        last.set(new Open(call, teller));
        return call;
    }
}
