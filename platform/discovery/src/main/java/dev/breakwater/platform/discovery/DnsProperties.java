package dev.breakwater.platform.discovery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Services that are found by name.
 *
 * @param every how long a name is believed before it is looked up again
 * @param patience how long whoever asks for a service first waits for its name to be looked up
 * @param services by service id
 */
@Validated
@ConfigurationProperties("breakwater.discovery.dns")
record DnsProperties(
        @DefaultValue("1s") Duration every,
        @DefaultValue("2s") Duration patience,
        @DefaultValue @Valid Map<String, Name> services) {

    /**
     * @param host has an address for each instance
     * @param port the same for all of them
     */
    record Name(@NotBlank String host, @Min(1) @Max(65_535) int port) {}
}
