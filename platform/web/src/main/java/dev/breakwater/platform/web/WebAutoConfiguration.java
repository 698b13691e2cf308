package dev.breakwater.platform.web;

import dev.breakwater.platform.web.exchange.ConcurrencyLimitValve;
import dev.breakwater.platform.web.exchange.ExchangeHeadersFilter;
import dev.breakwater.platform.web.exchange.HeapRoom;
import dev.breakwater.platform.web.exchange.LastAnswers;
import dev.breakwater.platform.web.exchange.UnreadBodyValve;
import dev.breakwater.platform.web.exchange.WriteTimedProtocol;
import dev.breakwater.platform.web.problem.ProblemErrorController;
import dev.breakwater.platform.web.problem.ProblemHandler;
import dev.breakwater.platform.web.problem.ProblemReportValve;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
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

    /** @param requests how many may be worked on at a time; 0 for as many as there is room for */
    @Bean
    ConcurrencyLimitValve concurrencyLimitValve(
            @Value("${breakwater.web.requests-at-a-time:0}") int requests, MeterRegistry meters) {
        var room = HeapRoom.ofThisProcess().requests();
        var valve = new ConcurrencyLimitValve(requests > 0 ? Math.min(requests, room) : room);
        meters.gauge("web.requests.inside", valve, ConcurrencyLimitValve::inside);
        FunctionCounter.builder("web.requests.refused", valve, ConcurrencyLimitValve::refused)
                .register(meters);
        return valve;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(
            ConcurrencyLimitValve limit, @Value("${breakwater.web.write-timeout:10s}") Duration writeTimeout) {
        return factory -> {
            factory.setProtocol(WriteTimedProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                var protocol = (WriteTimedProtocol) connector.getProtocolHandler();
                protocol.setWriteTimeout(writeTimeout.toMillis());
                protocol.setMaxConnections(Math.min(
                        protocol.getMaxConnections(), HeapRoom.ofThisProcess().connections()));
                // Whoever is let in finds the buffers of one who was before.
                protocol.setProcessorCache(limit.getConcurrency());
            });
            factory.addEngineValves(new UnreadBodyValve(), limit);
        };
    }

    @Bean
    LastAnswers lastAnswers() {
        return new LastAnswers();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> lastAnswersOfTheService(LastAnswers lastAnswers) {
        return factory -> factory.addConnectorCustomizers(lastAnswers);
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
