package dev.breakwater.platform.remote;

import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JConfigBuilder;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4jBulkheadConfigurationBuilder;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4jBulkheadProvider;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/** Every HTTP interface client of a service, and {@link RemoteCalls} to put them behind breakers. */
@AutoConfiguration
@EnableConfigurationProperties(RemoteProperties.class)
public class RemoteAutoConfiguration {

    @Bean
    RemoteCalls remoteCalls(CircuitBreakerFactory<?, ?> breakers, RemoteProperties properties, MeterRegistry meters) {
        return new RemoteCalls(breakers, properties, new Throttles(properties.throttle(), meters));
    }

    @Bean
    Customizer<Resilience4JCircuitBreakerFactory> breakerSettings(RemoteProperties properties) {
        return factory -> factory.configureDefault(name -> new Resilience4JConfigBuilder(name)
                .circuitBreakerConfig(properties.of(name).breaker())
                // Not used, and yet asked for.
                .timeLimiterConfig(TimeLimiterConfig.ofDefaults())
                .build());
    }

    @Bean
    Customizer<Resilience4jBulkheadProvider> bulkheadSettings(RemoteProperties properties) {
        return provider -> provider.configureDefault(name -> new Resilience4jBulkheadConfigurationBuilder()
                .bulkheadConfig(properties.of(name).bulkhead())
                .threadPoolBulkheadConfig(ThreadPoolBulkheadConfig.ofDefaults())
                .build());
    }

    /**
     * It forgets a connection that was idle for 30 s (the JDK's default); the services keep theirs for 60 s, so a call
     * does not meet one that is just being closed.
     */
    @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
    HttpClient remoteHttp(RemoteProperties properties) {
        return HttpClient.newBuilder()
                // In clear text HTTP/2 would only add a failed upgrade to each new connection.
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("remote-", 0).factory()))
                .build();
    }

    /** After Boot's own, which would choose another client and a time limit that knows no deadline. */
    @Bean
    RestClientHttpServiceGroupConfigurer requestsWithDeadline(
            @Qualifier("remoteHttp") HttpClient remoteHttp, RemoteProperties properties) {
        var requests = new DeadlineRequests(remoteHttp, properties.longestRequest());
        return groups -> groups.forEachClient((group, client) -> client.requestFactory(requests));
    }

    @Bean
    @Primary
    BlockingLoadBalancerInterceptor nextInstance(
            LoadBalancerClient balancer,
            LoadBalancerRequestFactory requests,
            RemoteProperties properties,
            MeterRegistry meters) {
        return new NextInstance(balancer, requests, properties, new RetryBudgets(properties.retries(), meters), meters);
    }
}
