package dev.breakwater.order.pricing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** The one question that this service asks inventory over HTTP. */
interface InventoryClient {

    /** The part of a product that matters to an order. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Product(String sku, long priceMinor, String currency, long version) {}

    /**
     * Not the page that everybody reads, behind whose flood a placement would have to wait; in the plainest of forms,
     * in which it is answered from memory.
     */
    @GetExchange(url = "/prices/{sku}", accept = "application/json")
    Product product(@PathVariable String sku);
}
