package dev.breakwater.inventory.products;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param expected how many products the Bloom filter is made for: 19.2 bits of memory each, at one false positive in
 *     ten thousand
 * @param falsePositives which share of unknown SKUs may pass, 0 to 1: each of them is looked for in the database
 * @param rebuildEvery how often it is built anew
 */
@Validated
@ConfigurationProperties("breakwater.inventory.known-skus")
record KnownSkusProperties(
        @Positive @Max(1_000_000_000) @DefaultValue("1000000")
        long expected,

        @DecimalMin("0.00001") @DecimalMax("0.5") @DefaultValue("0.0001")
        double falsePositives,

        @DurationMin(minutes = 1) @DefaultValue("6h") Duration rebuildEvery) {}
