package dev.breakwater.inventory.stock;

import dev.breakwater.platform.persistence.SharedTransactionLimits;
import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param adjustments how stock adjustments share transactions; two of one product wait for each other anyway */
@Validated
@ConfigurationProperties("breakwater.inventory")
record AdjustmentProperties(@Valid @DefaultValue SharedTransactionLimits adjustments) {}
