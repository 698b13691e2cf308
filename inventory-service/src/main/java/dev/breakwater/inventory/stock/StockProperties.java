package dev.breakwater.inventory.stock;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param low up to how many available pieces a product is shown as {@link Availability#LOW} */
@Validated
@ConfigurationProperties("breakwater.inventory.stock")
public record StockProperties(
        @PositiveOrZero @DefaultValue("20") long low) {}
