package dev.breakwater.inventory.products;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/**
 * What an admin says of a product; its SKU stands in the path.
 *
 * @param priceMinor at most 10^12, so that no order of the contract's size overflows a count that JSON readers keep
 *     exact (2^53)
 */
record ProductDraft(
        @NotBlank @Size(max = 200) @Pattern(regexp = ONE_LINE, message = "must not contain control characters")
        String name,

        @NotNull @Size(max = 4_000) String description,

        @NotBlank @Size(max = 60) @Pattern(regexp = ONE_LINE, message = "must not contain control characters")
        String category,

        @NotNull @PositiveOrZero @Max(MOST) Long priceMinor,
        @NotNull @CurrencyCode String currency) {

    static final long MOST = 1_000_000_000_000L;
    static final String ONE_LINE = "\\P{Cntrl}*";
}
