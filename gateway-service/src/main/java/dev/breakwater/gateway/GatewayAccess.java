package dev.breakwater.gateway;

import dev.breakwater.gateway.routing.BalancedExchange;
import dev.breakwater.platform.web.security.AccessRules;
import dev.breakwater.platform.web.security.PassedOnCalls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may call what at the edge. The services check again for themselves. */
@Configuration(proxyBeanMethods = false)
class GatewayAccess {

    private static final String[] PUBLIC_READS = {
        "/api/v1/products", "/api/v1/products/*", "/api/v1/flash-sales/*", "/docs", "/docs/**", "/v3/api-docs"
    };

    @Bean
    PassedOnCalls callsOfOtherServices() {
        return request -> BalancedExchange.wasPassedOn(request);
    }

    @Bean
    AccessRules gatewayAccessRules() {
        return rules -> rules.requestMatchers(HttpMethod.GET, PUBLIC_READS)
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, PUBLIC_READS)
                .permitAll()
                // Outside the demo profile nothing answers there.
                .requestMatchers("/demo/token")
                .permitAll()
                .requestMatchers("/api/v1/audit", "/api/v1/admin/**")
                .hasRole("admin");
    }
}
