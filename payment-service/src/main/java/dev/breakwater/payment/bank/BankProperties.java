package dev.breakwater.payment.bank;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the bank is.
 *
 * @param channels the acquirers, the preferred first
 * @param readTimeout for the whole of a call, to the last byte of its answer; longer than the slowest charge that ends
 *     well
 */
@Validated
@ConfigurationProperties("breakwater.payment.bank")
public record BankProperties(
        URI url,
        @NotBlank String apiKey,
        @DefaultValue({"harbour", "quayside"}) @NotEmpty List<String> channels,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration readTimeout) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "BankProperties[url=%s, channels=%s]".formatted(url, channels);
    }
}
