package dev.breakwater.payment.risk;

import jakarta.validation.constraints.Positive;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param refusedTokens cards that are never charged
 * @param limitMinor the largest amount of one payment, in minor units of its currency
 */
@Validated
@ConfigurationProperties("breakwater.payment.risk")
record RiskProperties(
        @DefaultValue("tok_risky") Set<String> refusedTokens,
        @DefaultValue("100000000") @Positive long limitMinor) {}
