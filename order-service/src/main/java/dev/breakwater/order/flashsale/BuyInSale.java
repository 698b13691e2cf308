package dev.breakwater.order.flashsale;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of {@code POST /flash-sales/{id}/orders}. */
record BuyInSale(
        @NotNull @Min(1) @Max(99) Integer quantity,
        @NotNull @Valid Method paymentMethod) {

    record Method(
            @NotNull @Pattern(regexp = "card", message = "must be card")
            String type,

            @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "must be 1 to 64 characters of A-Z a-z 0-9 - _")
            String token) {}
}
