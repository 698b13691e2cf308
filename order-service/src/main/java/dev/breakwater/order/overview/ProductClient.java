package dev.breakwater.order.overview;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What inventory-service is asked over HTTP for an overview. */
interface ProductClient {

    /** A product as everybody sees it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Product(
            String sku,
            String name,
            String description,
            String category,
            long priceMinor,
            String currency,
            String availability,
            long version) {}

    /** Without a token, and in the plainest of forms, in which it is answered from memory. */
    @GetExchange(url = "/api/v1/products/{sku}", accept = "application/json")
    Product product(@PathVariable String sku);
}
