package dev.breakwater.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;

import org.springframework.cloud.gateway.server.mvc.predicate.GatewayRequestPredicates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The configured routes. What none of them names is not found, so nothing internal is reachable by accident. */
@Configuration(proxyBeanMethods = false)
class Routes {

    @Bean
    RouterFunction<ServerResponse> configuredRoutes(RoutingProperties properties, BalancedExchange exchange) {
        return properties.routes().entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), exchange))
                .reduce(RouterFunction::and)
                .orElseThrow();
    }

    private static RouterFunction<ServerResponse> of(
            String name, RoutingProperties.Route route, BalancedExchange exchange) {
        var paths = route.paths().stream()
                .map(GatewayRequestPredicates::path)
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return route(name)
                .route(paths, request -> exchange.pass(route, request.servletRequest()))
                .build();
    }
}
