package dev.breakwater.platform.web.door;

import dev.breakwater.platform.overload.AdaptiveLimitSettings;
import dev.breakwater.platform.overload.Priority;
import dev.breakwater.platform.overload.Shares;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many calls a service works at, and which first.
 *
 * @param limit on all calls that come in through the door together
 * @param shares how much of it each priority may use
 * @param calls which priority a call has; of several that fit, the first. What none fits is browsing
 * @param passing patterns of the paths of calls that are neither limited nor measured: streams, which stay for minutes
 *     and do nothing, and what operators need in an overload
 */
@Validated
@ConfigurationProperties("breakwater.door")
public record DoorProperties(
        @DefaultValue AdaptiveLimitSettings limit,
        @DefaultValue Shares shares,
        @DefaultValue List<@Valid Call> calls,
        @DefaultValue({"/internal/**", "/api/v1/admin/**"}) List<@NotEmpty String> passing) {

    /**
     * @param method every one if there is none
     * @param path a pattern, as of a controller
     * @param measured whether how long it takes says something about the others; a call that waits for a whole table
     *     does not
     */
    public record Call(
            @NotNull Priority priority,
            @Nullable String method,
            @NotEmpty String path,
            @DefaultValue("true") boolean measured) {}
}
