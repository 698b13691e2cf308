package dev.breakwater.inventory.stock;

import dev.breakwater.platform.web.IdempotencyKey;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.validation.Valid;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Exact stock: read straight from the ledger, changed by admins. */
@RestController
@RequestMapping("/api/v1/products/{sku}/stock")
class StockController {

    /** Longer than anything here takes: what ends an adjustment is its own limits. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final StockLedger ledger;
    private final StockAdjustments adjustments;

    StockController(StockLedger ledger, StockAdjustments adjustments) {
        this.ledger = ledger;
        this.adjustments = adjustments;
    }

    @GetMapping
    ResponseEntity<StockLevel> read(@PathVariable String sku) {
        var parsed = Sku.parse(sku);
        var balance = ledger.balance(parsed).orElseThrow(StockController::notFound);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(StockLevel.of(parsed, balance));
    }

    @PostMapping
    ResponseEntity<StockLevel> adjust(
            @PathVariable String sku,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = RequestDeadline.HEADER, required = false) @Nullable String deadline,
            @Valid @RequestBody StockAdjustment adjustment,
            Principal caller) {
        var parsed = Sku.parse(sku);
        var parsedKey = IdempotencyKey.parse(key);
        if (adjustment.delta() == 0) {
            throw ProblemException.badRequest("invalid_request", "The request is not valid.")
                    .withErrors(List.of(new FieldProblem("delta", "must not be 0")));
        }
        var left = RequestDeadline.left(deadline, LONGEST);
        var adjusted = adjustments.adjust(parsed, caller.getName(), parsedKey, adjustment, left);
        var answer = ResponseEntity.ok().cacheControl(CacheControl.noStore());
        if (adjusted.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.body(adjusted.level());
    }

    static ProblemException notFound() {
        return ProblemException.notFound("product_not_found", "There is no product with this SKU.");
    }
}
