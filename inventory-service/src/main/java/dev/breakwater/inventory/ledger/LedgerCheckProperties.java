package dev.breakwater.inventory.ledger;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How fast balances are compared with the ledger.
 *
 * @param chunk how many SKUs are compared at a step
 * @param pause how long it rests between two steps
 */
@Validated
@ConfigurationProperties("breakwater.inventory.ledger-check")
record LedgerCheckProperties(@Positive int chunk, @NotNull Duration pause) {}
