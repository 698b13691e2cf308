package dev.breakwater.gateway.routing;

import java.util.List;
import org.springframework.stereotype.Component;

/** The paths of the routes, for those who judge calls by route. */
@Component
public class RoutePaths {

    private final RoutingProperties properties;

    RoutePaths(RoutingProperties properties) {
        this.properties = properties;
    }

    /**
     * The patterns of a route's paths.
     *
     * @throws IllegalArgumentException if there is no such route
     */
    public List<String> of(String route) {
        var found = properties.routes().get(route);
        if (found == null) {
            throw new IllegalArgumentException("There is no route " + route + ".");
        }
        return found.paths();
    }
}
