package dev.breakwater.gateway.routing;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The client of all onward calls. Its own work runs on virtual threads as well: on its default pool the gateway reaches
 * a quarter of the throughput (spring-cloud-gateway issue 4150). It forgets a connection that was idle for 30 s (the
 * JDK's default); the services keep theirs for 60 s, so a call does not meet one that is just being closed.
 */
@Configuration(proxyBeanMethods = false)
class HttpClientConfiguration {

    @Bean(defaultCandidate = false)
    ExecutorService onwardThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("onward-", 0).factory());
    }

    @Bean(destroyMethod = "shutdownNow")
    HttpClient onwardClient(@Qualifier("onwardThreads") ExecutorService onwardThreads, RoutingProperties properties) {
        return HttpClient.newBuilder()
                // In clear text HTTP/2 would only add a failed upgrade to each new connection.
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(onwardThreads)
                .build();
    }
}
