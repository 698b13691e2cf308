package dev.breakwater.gateway.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param timeLimit the longest that an audit may take; two readings and the second between them fit in well, also when
 *     a service takes long to recount its rows
 * @param between the time from the first to the second reading
 */
@Validated
@ConfigurationProperties("breakwater.gateway.audit")
record AuditProperties(
        @DefaultValue("25s") @DurationMin(millis = 1) Duration timeLimit,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration between) {}
