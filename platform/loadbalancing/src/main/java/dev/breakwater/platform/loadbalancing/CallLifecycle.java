package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Call;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;

/**
 * Tells of the calls that go through Spring. An exception and an answer of 5xx are failures of the instance; anything
 * else is an answer. 503 says neither good nor bad of it: it has too much to do, or lacks what all of them share. Were
 * it left out for that, the others would have its share as well. Nor does an {@link InterruptedIOException}, by which a
 * client tells that its caller did not wait for longer.
 *
 * <p>Spring says nothing of a reactive call that was cancelled, nor of one that ended with an {@code Error}. Such a
 * call is forgotten once it is older than anything can be, or its instance would look busy for ever.
 */
final class CallLifecycle implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

    private static final int UNAVAILABLE = 503;
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final String service;
    private final Nodes nodes;
    private final Supplier<LoadBalancingSettings> settings;
    private final LongSupplier nanos;
    private final Map<Identity, Call> calls = new ConcurrentHashMap<>();
    private final AtomicLong looked;

    CallLifecycle(String service, Nodes nodes, Supplier<LoadBalancingSettings> settings, LongSupplier nanos) {
        this.service = service;
        this.nodes = nodes;
        this.settings = settings;
        this.nanos = nanos;
        looked = new AtomicLong(nanos.getAsLong());
    }

    /** Spring's requests are equal when they ask for the same. */
    private record Identity(Object request) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity(var otherRequest) && otherRequest == request;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(request);
        }
    }

    @Override
    public void onStart(Request<Object> request) {
        // Nothing is chosen yet.
    }

    @Override
    public void onStartRequest(Request<Object> request, Response<ServiceInstance> chosen) {
        var instance = chosen.getServer();
        if (instance != null) {
            forgetAbandoned();
            calls.put(new Identity(request), nodes.beginForSpring(service, instance, isReactive(request)));
        }
    }

    /** What a blocking client asks for is either Spring's adapter of it or tells nothing of itself. */
    private static boolean isReactive(Request<Object> request) {
        return request instanceof DefaultRequest && request.getContext() instanceof RequestDataContext;
    }

    @Override
    public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
        var call = calls.remove(new Identity(completion.getLoadBalancerRequest()));
        if (call == null) {
            return;
        }
        switch (completion.status()) {
            case SUCCESS -> answered(call, completion.getClientResponse());
            case FAILED -> unanswered(call, completion.getThrowable());
            case DISCARD -> call.forgotten();
        }
    }

    private static void answered(Call call, @Nullable Object answer) {
        var status = answer instanceof ResponseData data ? data.getHttpStatus() : null;
        if (status == null || !status.is5xxServerError()) {
            call.succeeded();
        } else if (status.value() == UNAVAILABLE) {
            call.close();
        } else {
            call.failed();
        }
    }

    private static void unanswered(Call call, @Nullable Throwable thrown) {
        // A timeout of the socket is one too, and is the instance's.
        if (thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException)) {
            call.close();
        } else {
            call.failed();
        }
    }

    private void forgetAbandoned() {
        var now = nanos.getAsLong();
        var last = looked.get();
        if (now - last < BETWEEN_LOOKS || !looked.compareAndSet(last, now)) {
            return;
        }
        var oldest = settings.get().abandonedAfter().toNanos();
        calls.values().removeIf(call -> {
            var isAbandoned = call.isOlderThan(oldest);
            if (isAbandoned) {
                call.forgotten();
            }
            return isAbandoned;
        });
    }
}
