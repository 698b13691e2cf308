package dev.breakwater.platform.caching;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is kept, and for how long.
 *
 * @param localEntries in the memory of each instance
 * @param localFor how long a value is shown from memory without asking anybody
 * @param sharedFor how long a value lives in Redis, up to a tenth less, so that what was loaded together does not
 *     expire together
 * @param absentFor how long it is believed that there is no such thing
 * @param staleFor how much longer a value is shown, marked, while nobody can be asked
 * @param unheardFor how long a value is shown from memory while changes are not heard of
 * @param longestLoad who waits for another one's load waits for no longer, and what was loading for longer is not kept
 * @param floors how many changed keys are remembered
 * @param hot which keys are kept apart
 */
@Validated
@ConfigurationProperties("breakwater.caching")
public record CachingProperties(
        @Positive @DefaultValue("10000") int localEntries,
        @DurationMin(millis = 1) @DefaultValue("60s") Duration localFor,
        @DurationMin(millis = 10) @DefaultValue("300s") Duration sharedFor,
        @DurationMin(millis = 10) @DefaultValue("5s") Duration absentFor,
        @DurationMin(millis = 0) @DefaultValue("300s") Duration staleFor,
        @DurationMin(millis = 0) @DefaultValue("1s") Duration unheardFor,
        @DurationMin(millis = 1) @DefaultValue("5s") Duration longestLoad,
        @Positive @DefaultValue("200000") int floors,
        @Valid @DefaultValue Hot hot) {

    /**
     * Keys that are asked for so often that they get a place of their own.
     *
     * @param share of all reads, 0 to 1, from which on a key is hot
     * @param readsPerSecond from how many on, in one instance: where nothing goes on, nothing is hot
     * @param keys how many at most
     * @param window over which reads are counted
     * @param redisUrl of a Redis for hot keys alone; without, they have a connection of their own to the one there is
     */
    public record Hot(
            @DecimalMin("0.0001") @DefaultValue("0.01") double share,
            @PositiveOrZero @DefaultValue("50") double readsPerSecond,
            @PositiveOrZero @DefaultValue("64") int keys,
            @DurationMin(seconds = 2) @DefaultValue("10s") Duration window,
            @DefaultValue("") String redisUrl) {}

    /** How long a value that was loaded before a change could still come back from somewhere. */
    public Duration floorFor() {
        return sharedFor.plus(localFor).plus(staleFor).plus(longestLoad);
    }
}
