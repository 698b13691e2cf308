package dev.breakwater.gateway.routing;

import dev.breakwater.platform.overload.AcceptRatioSettings;
import dev.breakwater.platform.overload.RetryBudgetSettings;
import dev.breakwater.platform.web.door.DoorProperties;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway spares a service that has too much to do.
 *
 * @param atATime how many calls may wait for one service (bulkhead). Each keeps about 100 kB, so a service that hangs
 *     would fill the heap
 * @param retries how many second tries there may be, for each service
 * @param throttle what is held back of the calls that it does not accept, for reads and writes of each priority and
 *     service
 * @param calls which priority the door of the service gives them; what none fits is browsing
 */
@Validated
@ConfigurationProperties("breakwater.gateway.restraint")
record RestraintProperties(
        @DefaultValue("1024") @Min(1) int atATime,
        @DefaultValue RetryBudgetSettings retries,
        @DefaultValue AcceptRatioSettings throttle,
        @DefaultValue List<DoorProperties.Call> calls) {}
