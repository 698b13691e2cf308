package dev.breakwater.gateway.routing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a service, whichever of its instances does it.
 *
 * @param service its name in the registry
 * @param affinity what decides on the instance where that matters
 * @param isRepeatable whether it can be made again without a second effect
 */
public record ServiceCall(
        String service, Affinity affinity, boolean isRepeatable, OnwardRequest request, Deadline deadline) {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /**
     * @param key calls with the same one go to the same instance, if the service is balanced by consistent hashing
     * @param customer stays on one side of a canary
     */
    public record Affinity(@Nullable String key, @Nullable String customer) {}

    /** Whether it changes nothing. */
    boolean isRead() {
        return READS.contains(request.method());
    }
}
