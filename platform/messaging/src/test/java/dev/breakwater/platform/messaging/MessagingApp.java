package dev.breakwater.platform.messaging;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** A service that does nothing of its own. */
@Configuration
@EnableAutoConfiguration
class MessagingApp {

    static final String CONFIGURATION =
            "spring.config.import=classpath:platform/web.yaml,classpath:platform/persistence.yaml,classpath:platform/messaging.yaml";

    record Counted(int n) {}
}
