package dev.breakwater.order;

import dev.breakwater.platform.web.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Orders belong to customers. */
@Configuration
class CallerRules {

    @Bean
    AccessRules orderRules() {
        return rules ->
                rules.requestMatchers("/api/v1/orders", "/api/v1/orders/**").hasRole("customer");
    }
}
