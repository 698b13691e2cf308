package dev.breakwater.inventory.catalogue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param demoProducts how many products the demo has; none outside of it */
@Validated
@ConfigurationProperties("breakwater.inventory")
record CatalogueProperties(
        @PositiveOrZero @Max(999_999) @DefaultValue("0") int demoProducts) {}
