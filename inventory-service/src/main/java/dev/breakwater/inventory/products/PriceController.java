package dev.breakwater.inventory.products;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The product pages once more, for order-service, under a path to which the gateway has no route: the door lets it in
 * with the placements that wait for a price, and not behind everybody who browses.
 */
@RestController
class PriceController {

    static final String PATH = "/prices/";

    private final ProductController pages;

    PriceController(ProductController pages) {
        this.pages = pages;
    }

    @GetMapping(path = PATH + "{sku}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> read(
            @PathVariable String sku,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        return pages.read(sku, ifNoneMatch);
    }
}
