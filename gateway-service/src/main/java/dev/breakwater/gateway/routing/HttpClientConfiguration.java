package dev.breakwater.gateway.routing;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What onward calls are made with. */
@Configuration(proxyBeanMethods = false)
class HttpClientConfiguration {

    /** For what a request does beside its own thread. */
    @Bean(defaultCandidate = false)
    ExecutorService onwardThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("onward-", 0).factory());
    }

    @Bean
    OnwardConnections onwardConnections(RoutingProperties properties, MeterRegistry meters) {
        return new OnwardConnections(properties.connections(), meters);
    }
}
