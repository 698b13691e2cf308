package dev.breakwater.platform.caching;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
 * @param longestLoad nobody waits for a load for longer, and what was loading for longer is not kept
 * @param floors how many changed keys are remembered
 * @param hot which keys are kept apart
 */
@ConfigurationProperties("breakwater.caching")
public record CachingProperties(
        @DefaultValue("10000") int localEntries,
        @DefaultValue("60s") Duration localFor,
        @DefaultValue("300s") Duration sharedFor,
        @DefaultValue("5s") Duration absentFor,
        @DefaultValue("300s") Duration staleFor,
        @DefaultValue("1s") Duration unheardFor,
        @DefaultValue("5s") Duration longestLoad,
        @DefaultValue("200000") int floors,
        @DefaultValue Hot hot) {

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
            @DefaultValue("0.01") double share,
            @DefaultValue("50") double readsPerSecond,
            @DefaultValue("64") int keys,
            @DefaultValue("10s") Duration window,
            @DefaultValue("") String redisUrl) {}

    /** How long a value that was loaded before a change could still come back from somewhere. */
    public Duration floorFor() {
        return sharedFor.plus(localFor).plus(staleFor).plus(longestLoad);
    }
}
