package dev.breakwater.order.overview;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an overview may take.
 *
 * @param timeLimit the longest, whatever the client allows
 * @param reserve what is kept of the time for the answer's own way: whoever waited to the last millisecond would answer
 *     a gateway that has just given up
 * @param atATime overviews that are gathered at the same time; one more is refused
 * @param readers products of one overview that are asked for at the same time: they come from inventory's memory, so a
 *     few are soon through with fifty
 */
@Validated
@ConfigurationProperties("breakwater.order.overview")
record OverviewProperties(
        @DefaultValue("2s") @DurationMin(millis = 1) Duration timeLimit,
        @DefaultValue("50ms") @DurationMin Duration reserve,
        @DefaultValue("32") @Min(1) int atATime,
        @DefaultValue("4") @Min(1) int readers) {}
