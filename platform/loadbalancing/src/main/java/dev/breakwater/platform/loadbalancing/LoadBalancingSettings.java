package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.EjectionSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands under {@code breakwater.loadbalancing}. Changes at run time hold from the next pick on; {@code slowStart}
 * and {@code latencyMemory} for instances that come after them.
 *
 * @param strategy of all clients that have none of their own
 * @param keyHeader the request header whose value is the key of consistent hashing, for all clients that name none;
 *     none means the key or the hint that the caller gives
 * @param slowStart how long a new instance takes to get its whole share. Those that are there at the first look are
 *     taken to be warm
 * @param latencyMemory the tau of the moving average of latencies
 * @param abandonedAfter a call that Spring began and of whose end nothing was heard is no longer under way then
 * @param ejection of instances that fail
 * @param clients by service id
 */
public record LoadBalancingSettings(
        @DefaultValue("round-robin") Strategy strategy,
        @Nullable String keyHeader,
        @DefaultValue("10s") @DurationMin Duration slowStart,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration latencyMemory,
        @DefaultValue("5m") @DurationMin(millis = 1) Duration abandonedAfter,
        @Valid @DefaultValue EjectionSettings ejection,
        @DefaultValue Map<String, @Valid Client> clients) {

    static final String PREFIX = "breakwater.loadbalancing";

    private static final Client AS_ALL = new Client(null, null, null);

    /**
     * What is different for one client.
     *
     * @param canary a version that gets a share of its own; null means that versions make no difference
     */
    public record Client(
            @Nullable Strategy strategy,
            @Nullable String keyHeader,
            @Valid @Nullable CanaryShare canary) {}

    /**
     * A version that only some customers meet.
     *
     * @param version the metadata {@code version} of its instances; all others, with whatever version, are the rest
     * @param share of the calls that go to it, in percent: 0 to 100
     * @param stickyHeader the request header whose value decides on the side; none means what the caller gives. A call
     *     with neither is decided by chance
     */
    public record CanaryShare(
            @NotBlank String version,

            @DefaultValue("0") @DecimalMin("0") @DecimalMax("100")
            double share,

            @Nullable String stickyHeader) {}

    /** What holds for a client, its own before what is for all. */
    record Rules(
            Strategy strategy,
            @Nullable String keyHeader,
            @Nullable CanaryShare canary) {}

    Rules rulesOf(String service) {
        var own = clients.getOrDefault(service, AS_ALL);
        return new Rules(
                own.strategy == null ? strategy : own.strategy,
                own.keyHeader == null ? keyHeader : own.keyHeader,
                own.canary);
    }
}
