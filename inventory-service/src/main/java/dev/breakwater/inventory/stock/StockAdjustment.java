package dev.breakwater.inventory.stock;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** The body of a change of stock: how many pieces more or less, and why. */
record StockAdjustment(
        @NotNull @Min(-MOST) @Max(MOST) Long delta,

        @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*", message = "must not contain control characters")
        String reason) {

    static final long MOST = 1_000_000_000;
}
