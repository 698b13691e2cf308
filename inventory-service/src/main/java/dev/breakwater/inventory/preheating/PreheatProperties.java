package dev.breakwater.inventory.preheating;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param skus products that are loaded in any case
 * @param bestSellers how many of those that are sold most of late
 * @param countedLines how many of the newest lines of orders "of late" is
 * @param atATime how many are loaded at the same time: a start must not take the database from the others
 * @param timeLimit after which the instance is ready with what it has
 */
@Validated
@ConfigurationProperties("breakwater.inventory.preheat")
record PreheatProperties(
        @DefaultValue List<String> skus,
        @DefaultValue("1000") @PositiveOrZero int bestSellers,
        @DefaultValue("100000") @Positive int countedLines,
        @DefaultValue("4") @Min(1) @Max(64) int atATime,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration timeLimit) {}
