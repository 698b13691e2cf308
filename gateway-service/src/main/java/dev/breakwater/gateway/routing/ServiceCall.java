package dev.breakwater.gateway.routing;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.function.Function;
import org.springframework.cloud.client.ServiceInstance;

/**
 * What is wanted of a service, whichever of its instances does it.
 *
 * @param service its name in the registry
 * @param isRead whether it changes nothing
 * @param isRepeatable whether it can be made again without a second effect
 * @param request as it is sent to an instance
 * @param body reads the answer
 */
public record ServiceCall<T>(
        String service,
        boolean isRead,
        boolean isRepeatable,
        Function<ServiceInstance, HttpRequest.Builder> request,
        BodyHandler<T> body,
        Deadline deadline) {}
