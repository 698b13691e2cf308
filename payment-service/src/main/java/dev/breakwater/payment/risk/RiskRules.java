package dev.breakwater.payment.risk;

import org.springframework.stereotype.Component;

/** Decides whether a payment may go to the bank at all. */
@Component
public class RiskRules {

    private final RiskProperties properties;

    RiskRules(RiskProperties properties) {
        this.properties = properties;
    }

    public boolean refuse(String token, long amountMinor) {
        return properties.refusedTokens().contains(token) || amountMinor > properties.limitMinor();
    }
}
