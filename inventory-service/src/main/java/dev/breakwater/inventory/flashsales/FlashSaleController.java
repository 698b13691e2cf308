package dev.breakwater.inventory.flashsales;

import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Flash sales: announced by admins, read by anybody. */
@RestController
@RequestMapping("/api/v1/flash-sales")
class FlashSaleController {

    private final Announcing announcing;
    private final FlashSales sales;

    FlashSaleController(Announcing announcing, FlashSales sales) {
        this.announcing = announcing;
        this.sales = sales;
    }

    @PostMapping
    ResponseEntity<FlashSaleView> announce(@Valid @RequestBody FlashSaleDraft draft) {
        var sale = announcing.announce(draft.checked());
        return ResponseEntity.created(URI.create("/api/v1/flash-sales/" + sale.id()))
                .body(FlashSaleView.of(sale));
    }

    /** Also answers HEAD. */
    @GetMapping("/{id}")
    ResponseEntity<FlashSaleView> read(@PathVariable UUID id) {
        var standing = sales.find(id)
                .orElseThrow(() ->
                        ProblemException.notFound("flash_sale_not_found", "There is no flash sale with this id."));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(FlashSaleView.of(standing));
    }
}
