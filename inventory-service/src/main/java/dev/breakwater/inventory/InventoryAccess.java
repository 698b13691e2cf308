package dev.breakwater.inventory;

import dev.breakwater.platform.web.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Products and flash sales are read by anybody and written by admins; exact stock is for who is signed in. */
@Configuration(proxyBeanMethods = false)
class InventoryAccess {

    @Bean
    AccessRules inventoryRules() {
        return rules -> {
            for (var reading : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}) {
                rules.requestMatchers(
                                reading, "/api/v1/products", "/api/v1/products/*", "/api/v1/flash-sales/*", "/prices/*")
                        .permitAll();
            }
            rules.requestMatchers(HttpMethod.PUT, "/api/v1/products/*").hasRole("admin");
            rules.requestMatchers(HttpMethod.POST, "/api/v1/products/*/stock").hasRole("admin");
            rules.requestMatchers(HttpMethod.POST, "/api/v1/flash-sales").hasRole("admin");
            rules.requestMatchers("/api/v1/admin/**").hasRole("admin");
        };
    }
}
