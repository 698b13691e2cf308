package dev.breakwater.order.overview;

import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OverviewController {

    private final Overviews overviews;
    private final OverviewProperties properties;

    OverviewController(Overviews overviews, OverviewProperties properties) {
        this.overviews = overviews;
        this.properties = properties;
    }

    /** 200 with whatever could be had in time; the answer says what is missing. */
    @GetMapping("/api/v1/orders/{id}/overview")
    Overview overview(
            Principal caller,
            @PathVariable UUID id,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @RequestHeader(name = RequestDeadline.HEADER, required = false) @Nullable String deadline) {
        var left = RequestDeadline.left(deadline, properties.timeLimit());
        return overviews.of(caller.getName(), id, authorization, CallDeadline.in(left));
    }
}
