package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.web.page.Cursor;
import dev.breakwater.platform.web.page.PageLimit;
import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The product pages. */
@RestController
@RequestMapping("/api/v1/products")
class ProductController {

    private static final Logger log = LoggerFactory.getLogger(ProductController.class);

    /** Caches that hear no invalidations keep a page for a second, and longer only when we cannot be reached. */
    static final String CACHE_CONTROL = "public, max-age=1, stale-if-error=300";

    /** RFC 9211: from a cache, and past its time. */
    private static final String STALE = "inventory-service; hit; ttl=-1; detail=stale-if-error";

    private static final int LONGEST_CATEGORY = 60;

    private final Products products;
    private final ProductCache cache;
    private final ProductLists lists;
    private final Echoes echoes;
    private final ProductWritesProperties writes;

    ProductController(
            Products products, ProductCache cache, ProductLists lists, Echoes echoes, ProductWritesProperties writes) {
        this.products = products;
        this.cache = cache;
        this.lists = lists;
        this.echoes = echoes;
        this.writes = writes;
    }

    /** Also answers HEAD; the entity tag makes it 304 for who has this version. */
    @GetMapping(path = "/{sku}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> read(
            @PathVariable String sku,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        var found = cache.find(Sku.parse(sku));
        var body = found.cached().body();
        if (body == null) {
            throw ProductCache.NO_PRODUCT.problem();
        }
        var ready = ProductCache.answer(found.cached(), body);
        var status = ready.isKnown(ifNoneMatch) ? HttpStatus.NOT_MODIFIED : HttpStatus.OK;
        var answer = ResponseEntity.status(status)
                .eTag(ready.etag())
                .header(HttpHeaders.CACHE_CONTROL, ready.cacheControl());
        if (found.stale()) {
            answer.header("Cache-Status", STALE);
        }
        return answer.body(status == HttpStatus.OK ? body : null);
    }

    /** Also answers HEAD. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = PageLimit.parse(limit);
        var after = cursor == null ? null : lastSku(cursor);
        if (category != null && (category.isBlank() || category.length() > LONGEST_CATEGORY)) {
            throw ProblemException.badRequest("invalid_request", "The request is not valid.")
                    .withErrors(List.of(new FieldProblem("category", "must be 1 to 60 characters")));
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .body(lists.page(after, category, size));
    }

    @PutMapping("/{sku}")
    ResponseEntity<Product> write(@PathVariable String sku, @Valid @RequestBody ProductDraft draft) {
        var written = write(Sku.parse(sku), draft);
        var product = written.product();
        var answer = written.created()
                ? ResponseEntity.created(URI.create("/api/v1/products/" + product.sku()))
                : ResponseEntity.ok();
        return answer.eTag(product.etag()).body(product);
    }

    private Products.Written write(Sku sku, ProductDraft draft) {
        try (var echo = echoes.expect(sku.value())) {
            var written = products.write(sku, draft);
            var version = written.product().version();
            // Before the answer, so that who asks this instance next sees it; the others hear of it by the event.
            cache.changed(sku.value(), version);
            lists.changed();
            if (!echo.await(version, writes.heardWithin())) {
                log.debug("event of a product not heard yet sku={} version={}", sku.value(), version);
            }
            return written;
        }
    }

    private static Sku lastSku(String cursor) {
        try {
            return new Sku(Cursor.decode(cursor));
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }
}
