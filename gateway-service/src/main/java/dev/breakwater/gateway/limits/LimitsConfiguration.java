package dev.breakwater.gateway.limits;

import dev.breakwater.gateway.routing.RoutePaths;
import dev.breakwater.platform.settings.LiveSettings;
import dev.breakwater.platform.web.security.CallsChainPart;
import dev.breakwater.platform.web.security.RememberedTokens;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.validation.Validator;

/** Puts the limits where they belong among the filters. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProxyProperties.class)
class LimitsConfiguration {

    /** One that answers later is no better than one that is away. */
    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(200);

    @Bean
    LiveSettings<LimitsProperties> limitSettings(Environment environment, Validator defaultValidator) {
        return new LiveSettings<>("breakwater.gateway.limits", LimitsProperties.class, environment, defaultValidator);
    }

    @Bean
    RedisSharing redisSharing(
            LettuceConnectionFactory connections,
            DiscoveryClient discovery,
            @Value("${spring.application.name}") String name,
            LiveSettings<LimitsProperties> limitSettings,
            MeterRegistry meters) {
        var buckets =
                new RedisBuckets(connections::getRequiredNativeClient, REDIS_TIMEOUT, TimeMeter.SYSTEM_MILLISECONDS);
        return new RedisSharing(
                buckets,
                () -> {
                    var configured = limitSettings.get().gateways();
                    return configured > 0
                            ? configured
                            : discovery.getInstances(name).size();
                },
                meters);
    }

    @Bean
    Limits limits(
            LiveSettings<LimitsProperties> limitSettings,
            RoutePaths routes,
            RedisSharing redisSharing,
            MeterRegistry meters) {
        var limits = new Limits(limitSettings.get(), routes, redisSharing, meters);
        limitSettings.listen(limits::change);
        return limits;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> secureProxies(ClientAddresses addresses) {
        return factory -> factory.addEngineValves(new SecureProxyValve(addresses));
    }

    /**
     * Behind the answers from memory, which cost less than to count them; inside the observation and the headers of
     * every answer, which a refusal has as well; before all that costs something.
     */
    @Bean
    FilterRegistrationBean<LimitFilter> limitFilter(Limits limits, ClientAddresses addresses, RememberedTokens tokens) {
        var filter = new FilterRegistrationBean<>(new LimitFilter(limits, addresses, tokens));
        // Inside the log of what admins try, which tells of refusals too.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return filter;
    }

    @Bean
    CallsChainPart customerLimits(Limits limits) {
        return chain -> chain.addFilterAfter(new CustomerLimitFilter(limits), BearerTokenAuthenticationFilter.class);
    }
}
