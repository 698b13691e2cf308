package dev.breakwater.gateway.routing;

import dev.breakwater.platform.overload.AcceptRatioSettings;
import dev.breakwater.platform.overload.RetryBudgetSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway spares a service that has too much to do.
 *
 * @param retries how many second tries there may be, for each service
 * @param throttle what is held back of the calls that it does not accept, for reads and writes of each service
 */
@ConfigurationProperties("breakwater.gateway.restraint")
record RestraintProperties(
        @DefaultValue RetryBudgetSettings retries,
        @DefaultValue AcceptRatioSettings throttle) {}
