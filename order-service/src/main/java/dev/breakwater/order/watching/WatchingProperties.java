package dev.breakwater.order.watching;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are watched.
 *
 * @param atATime how many streams one instance holds; who comes on top of that is told 503
 * @param heartbeat the longest silence in a stream; shorter than what proxies take for the end
 * @param lookAgain how long an order is watched without a look at the ledger, when no news of it came
 */
@Validated
@ConfigurationProperties("breakwater.order.watching")
record WatchingProperties(
        @Positive @DefaultValue("20000") int atATime,
        @NotNull @DefaultValue("15s") Duration heartbeat,
        @NotNull @DefaultValue("10s") Duration lookAgain) {}
