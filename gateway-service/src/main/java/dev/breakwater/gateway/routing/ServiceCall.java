package dev.breakwater.gateway.routing;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * What is wanted of a service, whichever of its instances does it.
 *
 * @param service its name in the registry
 * @param affinity what decides on the instance where that matters
 * @param isRead whether it changes nothing
 * @param isRepeatable whether it can be made again without a second effect
 * @param request as it is sent to an instance
 * @param body reads the answer
 */
public record ServiceCall<T>(
        String service,
        Affinity affinity,
        boolean isRead,
        boolean isRepeatable,
        Function<ServiceInstance, HttpRequest.Builder> request,
        BodyHandler<T> body,
        Deadline deadline) {

    /**
     * @param key calls with the same one go to the same instance, if the service is balanced by consistent hashing
     * @param customer stays on one side of a canary
     */
    public record Affinity(@Nullable String key, @Nullable String customer) {}
}
