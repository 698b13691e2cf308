package dev.breakwater.platform.web;

import dev.breakwater.platform.web.exchange.ExchangeHeadersFilter;
import dev.breakwater.platform.web.exchange.UnreadBodyValve;
import dev.breakwater.platform.web.exchange.WriteTimedProtocol;
import dev.breakwater.platform.web.problem.ProblemErrorController;
import dev.breakwater.platform.web.problem.ProblemHandler;
import dev.breakwater.platform.web.problem.ProblemReportValve;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** What every HTTP service of the suite gets by depending on this module. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"
        })
@Import({ProblemHandler.class, ProblemErrorController.class})
public class WebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    FilterRegistrationBean<ExchangeHeadersFilter> exchangeHeadersFilter(Tracer tracer) {
        var filter = new FilterRegistrationBean<>(new ExchangeHeadersFilter(tracer));
        // Right inside the observation (HIGHEST_PRECEDENCE + 1), whose span names the trace, and outside everything
        // that may refuse.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReportValve() {
        // Late: Boot's own customizer sets a valve as well, and the last one set reports.
        return new LastCustomizer();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(
            @Value("${breakwater.web.write-timeout:10s}") Duration writeTimeout) {
        return factory -> {
            factory.setProtocol(WriteTimedProtocol.class.getName());
            factory.addConnectorCustomizers(connector ->
                    ((WriteTimedProtocol) connector.getProtocolHandler()).setWriteTimeout(writeTimeout.toMillis()));
            factory.addEngineValves(new UnreadBodyValve());
        };
    }

    private static final class LastCustomizer
            implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

        private static final TomcatContextCustomizer PROBLEMS = context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName());

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(PROBLEMS);
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
