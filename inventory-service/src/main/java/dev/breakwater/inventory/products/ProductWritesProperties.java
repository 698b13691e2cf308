package dev.breakwater.inventory.products;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param heardWithin how long the answer to a write waits at most for its event, so that the other instances know what
 *     was written; 0 waits for nothing
 */
@Validated
@ConfigurationProperties("breakwater.inventory.product-writes")
record ProductWritesProperties(
        @DurationMin(millis = 0) @DurationMax(millis = 5_000) @DefaultValue("500ms")
        Duration heardWithin) {}
