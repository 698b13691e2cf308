package dev.breakwater.order.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.order.tracking.OrderView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with all that belongs to it.
 *
 * @param payment absent when there is none yet, or when it is missing
 * @param products in the order of the order's items; without what inventory no longer knows
 * @param partial whether anything is missing
 * @param missing what could not be had in time: {@code payment}; {@code products} if it is all of them, else
 *     {@code products/} and the SKU for each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Overview(
        OrderView order,
        PaymentClient.@Nullable Payment payment,
        List<ProductClient.Product> products,
        boolean partial,
        List<String> missing) {

    static Overview of(OrderView order, PaymentPart payment, ProductParts products) {
        var missing = new ArrayList<>(payment.missing());
        missing.addAll(products.missing());
        return new Overview(order, payment.found(), products.found(), !missing.isEmpty(), List.copyOf(missing));
    }
}
