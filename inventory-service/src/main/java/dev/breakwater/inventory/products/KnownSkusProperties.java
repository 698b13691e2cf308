package dev.breakwater.inventory.products;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param expected how many products the Bloom filter is made for: 9.6 bits of memory each, at one false positive in a
 *     hundred
 * @param falsePositives which share of unknown SKUs may pass, 0 to 1
 * @param rebuildEvery how often it is built anew
 */
@ConfigurationProperties("breakwater.inventory.known-skus")
record KnownSkusProperties(
        @DefaultValue("1000000") long expected,
        @DefaultValue("0.01") double falsePositives,
        @DefaultValue("6h") Duration rebuildEvery) {}
