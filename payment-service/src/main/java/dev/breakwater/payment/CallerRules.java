package dev.breakwater.payment;

import dev.breakwater.platform.web.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Payments are shown to customers. */
@Configuration
class CallerRules {

    @Bean
    AccessRules paymentRules() {
        return rules -> rules.requestMatchers("/api/v1/payments/**").hasRole("customer");
    }
}
