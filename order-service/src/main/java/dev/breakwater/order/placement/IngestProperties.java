package dev.breakwater.order.placement;

import dev.breakwater.platform.persistence.SharedTransactionLimits;
import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param ingest how placements share transactions */
@Validated
@ConfigurationProperties("breakwater.order")
record IngestProperties(@Valid @DefaultValue SharedTransactionLimits ingest) {}
