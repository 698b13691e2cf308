package dev.breakwater.order;

import dev.breakwater.platform.web.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Orders belong to customers; flash sales are read by anybody. */
@Configuration
class CallerRules {

    @Bean
    AccessRules orderRules() {
        return rules -> {
            rules.requestMatchers("/api/v1/orders", "/api/v1/orders/**", "/api/v1/flash-sales/*/orders")
                    .hasRole("customer");
            for (var reading : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}) {
                rules.requestMatchers(reading, "/api/v1/flash-sales/*").permitAll();
            }
        };
    }
}
