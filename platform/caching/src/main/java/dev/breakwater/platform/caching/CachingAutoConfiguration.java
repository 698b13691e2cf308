package dev.breakwater.platform.caching;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What every service with caches gets by depending on this module and on Redis. */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@EnableConfigurationProperties({CachingProperties.class, RedisProperties.class})
@Import(CachingProblems.class)
public class CachingAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(CachingAutoConfiguration.class);

    private static final int JUDGED_CALLS = 20;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration NOT_ASKED = Duration.ofSeconds(1);

    @Bean
    RedisConnection redisConnection(
            RedisProperties ours, DataRedisProperties boots, ObjectProvider<SslBundles> bundles) {
        return new RedisConnection(ours, boots, bundles.getIfAvailable());
    }

    /** Away is away: a command that waited for the connection to come back would make its reader wait too. */
    @Bean
    LettuceClientOptionsBuilderCustomizer rejectWhileDisconnected() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    /** The default waits up to half a minute when Redis was away for long. */
    @Bean
    ClientResourcesBuilderCustomizer findRedisAgainSoon() {
        return resources -> resources.reconnectDelay(Delay.constant(LOOK_AGAIN));
    }

    @Bean
    RedisLevels redisLevels(CachingProperties properties, LettuceConnectionFactory connections, MeterRegistry meters) {
        var breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(JUDGED_CALLS)
                .minimumNumberOfCalls(JUDGED_CALLS / 2)
                .waitDurationInOpenState(NOT_ASKED)
                .permittedNumberOfCallsInHalfOpenState(2)
                .build());
        breakers.getEventPublisher()
                .onEntryAdded(added ->
                        added.getAddedEntry().getEventPublisher().onStateTransition(CachingAutoConfiguration::tell));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        return new RedisLevels(properties, connections, breakers);
    }

    @Bean
    Caches caches(CachingProperties properties, RedisLevels redisLevels, MeterRegistry meters) {
        return new Caches(properties, redisLevels, meters);
    }

    private static void tell(CircuitBreakerOnStateTransitionEvent event) {
        log.warn(
                "breaker name={} {} -> {}",
                event.getCircuitBreakerName(),
                event.getStateTransition().getFromState(),
                event.getStateTransition().getToState());
    }
}
