package dev.breakwater.platform.loadbalancing;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.NoopServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.SelectedInstanceCallback;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/** What Spring asks for an instance. */
final class NodeLoadBalancer implements ReactorServiceInstanceLoadBalancer {

    private final BalancedClient client;
    private final SingletonSupplier<ServiceInstanceListSupplier> supplier;

    NodeLoadBalancer(BalancedClient client, ObjectProvider<ServiceInstanceListSupplier> suppliers) {
        this.client = client;
        supplier = SingletonSupplier.of(() -> suppliers.getIfAvailable(NoopServiceInstanceListSupplier::new));
    }

    @Override
    @SuppressWarnings("rawtypes") // as Spring has it
    public Mono<Response<ServiceInstance>> choose(Request request) {
        var instances = supplier.obtain();
        return instances.get(request).next().map(told -> response(instances, told, request));
    }

    private Response<ServiceInstance> response(
            ServiceInstanceListSupplier instances, List<ServiceInstance> told, Request<?> request) {
        var chosen = client.pick(told, Picking.of(request));
        if (chosen == null) {
            return new EmptyResponse();
        }
        if (instances instanceof SelectedInstanceCallback callback) {
            callback.selectedServiceInstance(chosen);
        }
        return new DefaultResponse(chosen);
    }
}
