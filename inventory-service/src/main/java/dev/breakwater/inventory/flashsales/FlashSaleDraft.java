package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.products.CurrencyCode;
import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.ArrayList;

/** The body of {@code POST /flash-sales}. */
record FlashSaleDraft(
        @NotNull @Pattern(regexp = "[A-Za-z0-9_.-]{1,40}", message = "must be 1 to 40 characters of A-Z a-z 0-9 - _ .")
        String sku,

        @NotNull @PositiveOrZero @Max(MOST_MINOR) Long priceMinor,
        @NotNull @CurrencyCode String currency,
        @NotNull @Min(1) @Max(MOST_PIECES) Long quantity,
        @NotNull @Min(1) @Max(MOST_PIECES) Long perCustomerLimit,
        @NotNull Instant startsAt,
        @NotNull Instant endsAt) {

    static final long MOST_MINOR = 1_000_000_000_000L;
    static final long MOST_PIECES = 1_000_000_000;

    /** What a column for times can hold. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** @throws ProblemException 400 for times that nobody can mean, and for a sale that ends before it starts */
    FlashSaleDraft checked() {
        var errors = new ArrayList<FieldProblem>();
        if (startsAt.isBefore(EARLIEST) || startsAt.isAfter(LATEST)) {
            errors.add(new FieldProblem("startsAt", "must be between 1970 and 9999"));
        }
        if (endsAt.isBefore(EARLIEST) || endsAt.isAfter(LATEST)) {
            errors.add(new FieldProblem("endsAt", "must be between 1970 and 9999"));
        } else if (!startsAt.isBefore(endsAt)) {
            errors.add(new FieldProblem("endsAt", "must be after startsAt"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.badRequest("invalid_request", "The request is not valid.")
                    .withErrors(errors);
        }
        return this;
    }
}
