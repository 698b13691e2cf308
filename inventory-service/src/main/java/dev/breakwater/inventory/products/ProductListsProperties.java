package dev.breakwater.inventory.products;

import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param firstPages how many are kept in memory, each as up to 101 SKUs
 * @param keptFor how long; nobody tells of what another instance added, so that this is half of the second within which
 *     every cache of the suite shows a change
 */
@Validated
@ConfigurationProperties("breakwater.inventory.product-lists")
record ProductListsProperties(
        @PositiveOrZero @DefaultValue("500") int firstPages,

        @DurationMin(millis = 0) @DurationMax(millis = 900) @DefaultValue("500ms")
        Duration keptFor) {}
