package dev.breakwater.gateway.edge;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The edge cache.
 *
 * @param timeLimit the longest that a read may take, whatever its client allows
 */
@Validated
@ConfigurationProperties("breakwater.gateway.edge")
record EdgeProperties(@NotNull @DurationMin(millis = 1) Duration timeLimit) {}
