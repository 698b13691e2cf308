package dev.breakwater.order.flashsale;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the door is kept.
 *
 * @param refreshEvery how often the list of sales is read
 * @param lookEvery how often each sale is looked at in Redis
 * @param writtenWithin how long an order may be on its way to Kafka, from the step at the door on, so that its customer
 *     is told 202; Kafka's client tries no longer
 * @param settleAfter longer than that: how long a place is pending before it is looked into
 * @param closeEvery how often sales that have ended are looked for
 * @param arrivesWithin how long after the end of a sale whose pending places Redis has forgotten an order may still
 *     arrive
 */
@Validated
@ConfigurationProperties("breakwater.order.flash-sales")
record FlashSaleProperties(
        @NotNull @DefaultValue("250ms") Duration refreshEvery,
        @NotNull @DefaultValue("100ms") Duration lookEvery,
        @NotNull @DefaultValue("2s") Duration writtenWithin,
        @NotNull @DefaultValue("2500ms") Duration settleAfter,
        @NotNull @DefaultValue("1s") Duration closeEvery,
        @NotNull @DefaultValue("15s") Duration arrivesWithin) {

    FlashSaleProperties {
        if (writtenWithin.compareTo(settleAfter) >= 0) {
            throw new IllegalArgumentException("written-within must be shorter than settle-after");
        }
    }
}
