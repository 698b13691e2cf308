package dev.breakwater.platform.messaging;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How topics are made when they are missing.
 *
 * @param partitions fixed once: order per key does not survive adding some later
 * @param replicationFactor copies of each record; -1 for the brokers' own default
 */
@Validated
@ConfigurationProperties("breakwater.messaging")
record MessagingProperties(
        @Min(1) @DefaultValue("6") int partitions,
        @DefaultValue("-1") short replicationFactor) {}
