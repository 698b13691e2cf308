package dev.breakwater.order.flashsale;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** Where sales are announced: asked about one whose announcement has not come yet. */
interface InventorySales {

    @GetExchange(url = "/api/v1/flash-sales/{id}", accept = "application/json")
    Sale sale(@PathVariable UUID id);
}
