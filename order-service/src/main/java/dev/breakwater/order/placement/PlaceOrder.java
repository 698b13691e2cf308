package dev.breakwater.order.placement;

import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The body of {@code POST /orders}. */
record PlaceOrder(
        @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid Item> items,
        @NotNull @Valid Method paymentMethod) {

    record Item(
            @NotNull
            @Pattern(regexp = "[A-Za-z0-9_.-]{1,40}", message = "must be 1 to 40 characters of A-Z a-z 0-9 - _ .")
            String sku,

            @NotNull @Min(1) @Max(99) Integer quantity) {}

    record Method(
            @NotNull @Pattern(regexp = "card", message = "must be card")
            String type,

            @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "must be 1 to 64 characters of A-Z a-z 0-9 - _")
            String token) {}

    /** @throws ProblemException 400 when a SKU is named twice: which quantity is meant? */
    PlaceOrder checked() {
        var seen = new HashSet<String>();
        var errors = new ArrayList<FieldProblem>();
        for (var i = 0; i < items.size(); i++) {
            if (!seen.add(items.get(i).sku())) {
                errors.add(new FieldProblem("items[" + i + "].sku", "is named twice"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.badRequest("invalid_request", "The request is not valid.")
                    .withErrors(errors);
        }
        return this;
    }
}
