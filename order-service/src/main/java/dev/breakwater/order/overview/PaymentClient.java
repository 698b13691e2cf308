package dev.breakwater.order.overview;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;

/** What payment-service is asked over HTTP. */
interface PaymentClient {

    /** A payment as its customer sees it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Payment(
            UUID id,
            UUID orderId,
            String status,
            long amountMinor,
            String currency,
            @Nullable String channel,
            @Nullable String reason) {}

    /** @param authorization the customer's own: payment-service judges it for itself */
    @GetExchange(url = "/api/v1/payments/{orderId}", accept = "application/json")
    Payment payment(@PathVariable UUID orderId, @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization);
}
