package dev.breakwater.platform.web.door;

import dev.breakwater.platform.overload.AdaptiveLimit;
import dev.breakwater.platform.overload.Door;
import dev.breakwater.platform.overload.DoorMeters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** A door for each service that has {@code breakwater.door.enabled}. */
@AutoConfiguration
@ConditionalOnProperty(name = "breakwater.door.enabled", havingValue = "true")
@EnableConfigurationProperties(DoorProperties.class)
public class DoorAutoConfiguration {

    @Bean
    Door door(DoorProperties properties) {
        return new Door(new AdaptiveLimit(properties.limit()), properties.shares());
    }

    @Bean
    DoorMeters doorMeters(Door door) {
        return new DoorMeters(door);
    }

    @Bean
    FilterRegistrationBean<DoorFilter> doorFilter(Door door, DoorProperties properties) {
        var filter = new FilterRegistrationBean<>(new DoorFilter(door, properties));
        // Before the observation (HIGHEST_PRECEDENCE + 1). A service's own filters of the same order come before those
        // of an auto-configuration: what is answered from memory needs no room.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
