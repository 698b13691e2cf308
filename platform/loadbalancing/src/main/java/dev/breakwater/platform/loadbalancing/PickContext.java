package dev.breakwater.platform.loadbalancing;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;

/**
 * What a caller that does the exchange itself tells of it when it asks for an instance:
 *
 * <pre>
 *   loadBalancer.choose("inventory-service", PickContext.request(null, sku, customer))
 * </pre>
 */
public final class PickContext extends RetryableRequestContext {

    private final @Nullable String key;
    private final @Nullable String customer;

    private PickContext(@Nullable ServiceInstance previous, @Nullable String key, @Nullable String customer) {
        super(previous);
        this.key = key;
        this.customer = customer;
    }

    /**
     * @param previous the instance that has failed, which is not chosen again if there is another
     * @param key for consistent hashing, if no header is configured for it
     * @param customer who stays on one side of a canary, if no header is configured for it
     */
    public static Request<PickContext> request(
            @Nullable ServiceInstance previous, @Nullable String key, @Nullable String customer) {
        return new DefaultRequest<>(new PickContext(previous, key, customer));
    }

    @Nullable
    String key() {
        return key;
    }

    @Nullable
    String customer() {
        return customer;
    }
}
