package dev.breakwater.platform.web.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** What a service adds to the filters of its public calls. */
@FunctionalInterface
public interface CallsChainPart {

    void addTo(HttpSecurity chain);
}
