package dev.breakwater.inventory.products;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param firstPages how many are kept in memory, each as up to 101 SKUs
 * @param keptFor how long; nobody tells of what another instance added, so that this is half of the second within which
 *     every cache of the suite shows a change
 */
@ConfigurationProperties("breakwater.inventory.product-lists")
record ProductListsProperties(
        @DefaultValue("500") int firstPages,
        @DefaultValue("500ms") Duration keptFor) {}
