package dev.breakwater.platform.remote;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestAdapter;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;

/**
 * Takes a call to an instance of its service, and a GET that this one did not answer once to another: no connection,
 * one that broke before an answer began, or silence for the longest time of one request. An answer is an answer
 * whatever it says, and where there is no other instance nothing is repeated.
 *
 * <p>Not the interceptor that Spring Cloud has for this: it needs Spring Retry, and tries the same instance again when
 * there is no other.
 */
final class NextInstance implements BlockingLoadBalancerInterceptor {

    /** Concurrent callers take turns, so the next instance may be the same again; this often is bad luck enough. */
    private static final int TRIES = 5;

    private final LoadBalancerClient balancer;
    private final LoadBalancerRequestFactory requests;
    private final MeterRegistry meters;

    NextInstance(LoadBalancerClient balancer, LoadBalancerRequestFactory requests, MeterRegistry meters) {
        this.balancer = balancer;
        this.requests = requests;
        this.meters = meters;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        var call = new Call(request.getURI().getHost(), request, body, execution);
        var first = choose(call, null);
        if (first == null) {
            throw new NoInstanceException(call.service);
        }
        try {
            return send(call, first, null);
        } catch (IOException e) {
            var another = another(call, first);
            if (another.isEmpty()) {
                throw e;
            }
            meters.counter("remote.retries", "service", call.service).increment();
            return send(call, another.get(), first);
        }
    }

    private record Call(String service, HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {

        RetryableRequestContext context(@Nullable ServiceInstance failed) {
            var data = new RequestData(
                    request.getMethod(),
                    request.getURI(),
                    request.getHeaders(),
                    new LinkedMultiValueMap<>(),
                    request.getAttributes());
            return new RetryableRequestContext(failed, data);
        }

        /** Whether a second try can do no harm, and somebody still waits for it. */
        boolean mayBeRepeated() {
            return request.getMethod().equals(HttpMethod.GET)
                    && !CallDeadline.current().hasPassed()
                    && !Thread.currentThread().isInterrupted();
        }
    }

    private Optional<ServiceInstance> another(Call call, ServiceInstance failed) {
        if (!call.mayBeRepeated()) {
            return Optional.empty();
        }
        for (var i = 0; i < TRIES; i++) {
            var chosen = choose(call, failed);
            if (chosen != null && !chosen.getUri().equals(failed.getUri())) {
                return Optional.of(chosen);
            }
        }
        return Optional.empty();
    }

    private @Nullable ServiceInstance choose(Call call, @Nullable ServiceInstance failed) {
        return balancer.choose(call.service, new DefaultRequest<>(call.context(failed)));
    }

    private ClientHttpResponse send(Call call, ServiceInstance instance, @Nullable ServiceInstance failed)
            throws IOException {
        return balancer.execute(
                call.service,
                instance,
                new LoadBalancerRequestAdapter<>(
                        requests.createRequest(call.request, call.body, call.execution), call.context(failed)));
    }
}
