package dev.breakwater.gateway.edge;

import static org.springframework.web.servlet.function.RequestPredicates.accept;
import static org.springframework.web.servlet.function.RequestPredicates.methods;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import dev.breakwater.gateway.routing.PassedAnswer;
import dev.breakwater.platform.caching.CachingProperties;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.caching.Lookup;
import dev.breakwater.platform.web.exchange.ReadyAnswerFilter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Product pages out of the edge cache: before the framework when memory has them, and else before the routes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeProperties.class)
class ProductEdge {

    /** RFC 9211: from a cache, and past its time. */
    private static final String STALE = "gateway-service; hit; ttl=-1; detail=stale-if-error";

    @Bean
    ChangeFeed productFeed(ConsumerFactory<String, byte[]> consumers, CachingProperties caching) {
        return new ChangeFeed(consumers, ProductChanges.TOPIC, caching.floorFor());
    }

    @Bean
    FilterRegistrationBean<ReadyAnswerFilter> readyAnswerFilter(ProductPages pages, MeterRegistry meters) {
        var filter =
                new FilterRegistrationBean<>(new ReadyAnswerFilter(ProductPages.PATH, "{sku}", pages::ready, meters));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.addUrlPatterns(ProductPages.PATH + "*");
        return filter;
    }

    /** What is no SKU, or wants another form, goes to the service as it is. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> cachedProducts(TimedReads pages) {
        return RouterFunctions.route(
                methods(HttpMethod.GET, HttpMethod.HEAD)
                        .and(path(ProductPages.PATH + "{sku:[A-Za-z0-9._-]{1,40}}"))
                        .and(accept(MediaType.APPLICATION_JSON)),
                request -> answer(request, pages));
    }

    private static ServerResponse answer(ServerRequest request, TimedReads pages) throws Exception {
        Lookup found;
        try {
            found = pages.find(request.pathVariable("sku"), request.servletRequest());
        } catch (PassedOnException e) {
            return new PassedAnswer(e.answer());
        }
        var body = found.cached().body();
        if (body == null) {
            throw ProductPages.NO_PRODUCT.problem();
        }
        var ready = ProductPages.answer(found.cached(), body);
        var isKnown = ready.isKnown(request.headers().firstHeader(HttpHeaders.IF_NONE_MATCH));
        var answer = ServerResponse.status(isKnown ? 304 : 200)
                .header(HttpHeaders.ETAG, ready.etag())
                .header(HttpHeaders.CACHE_CONTROL, ready.cacheControl());
        if (found.stale()) {
            answer.header("Cache-Status", STALE);
        }
        return isKnown
                ? answer.build()
                : answer.contentType(MediaType.APPLICATION_JSON)
                        .contentLength(body.length)
                        .body(body);
    }
}
