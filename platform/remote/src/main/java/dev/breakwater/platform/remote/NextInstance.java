package dev.breakwater.platform.remote;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.Callable;
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
 * whatever it says, and where there is no other instance nothing is repeated. Second tries have a budget, except after
 * a connection that was refused, which cost the service nothing.
 *
 * <p>Not the interceptor that Spring Cloud has for this: it needs Spring Retry, tries the same instance again when
 * there is no other, and knows no budget.
 */
final class NextInstance implements BlockingLoadBalancerInterceptor {

    private final LoadBalancerClient balancer;
    private final LoadBalancerRequestFactory requests;
    private final RemoteProperties properties;
    private final RetryBudgets budgets;
    private final MeterRegistry meters;

    NextInstance(
            LoadBalancerClient balancer,
            LoadBalancerRequestFactory requests,
            RemoteProperties properties,
            RetryBudgets budgets,
            MeterRegistry meters) {
        this.balancer = balancer;
        this.requests = requests;
        this.properties = properties;
        this.budgets = budgets;
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
        budgets.of(call.service).called();
        try {
            return send(call, first, null);
        } catch (IOException e) {
            var another = another(call, first, e);
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

    private Optional<ServiceInstance> another(Call call, ServiceInstance failed, IOException thrown) {
        if (!call.mayBeRepeated()) {
            return Optional.empty();
        }
        // The balancer gives out the one that failed only where it has no other.
        return Optional.ofNullable(choose(call, failed))
                .filter(chosen -> !chosen.getUri().equals(failed.getUri()))
                .filter(_ -> thrown instanceof ConnectException
                        || budgets.of(call.service).tryRetry());
    }

    private @Nullable ServiceInstance choose(Call call, @Nullable ServiceInstance failed) {
        return balancer.choose(call.service, new DefaultRequest<>(call.context(failed)));
    }

    private ClientHttpResponse send(Call call, ServiceInstance instance, @Nullable ServiceInstance failed)
            throws IOException {
        var request = requests.createRequest(call.request, call.body, call.execution);
        return balancer.execute(
                call.service,
                instance,
                new LoadBalancerRequestAdapter<>(
                        chosen -> inTime(call, () -> request.apply(chosen)), call.context(failed)));
    }

    /** A call that its own caller cut short says nothing of the instance, which is not to be left out for it. */
    private ClientHttpResponse inTime(Call call, Callable<ClientHttpResponse> exchange) throws Exception {
        var began = System.nanoTime();
        try {
            return exchange.call();
        } catch (IOException e) {
            var isCutShort = Thread.currentThread().isInterrupted()
                    || CallDeadline.current().hasPassed()
                            && System.nanoTime() - began
                                    < properties.of(call.service).slowAfter().toNanos();
            if (!isCutShort) {
                throw e;
            }
            var interrupted = new InterruptedIOException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
