package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.caching.Caches;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.caching.KnownKeys;
import dev.breakwater.platform.caching.Lookup;
import dev.breakwater.platform.caching.TwoLevelCache;
import dev.breakwater.platform.web.exchange.Ready;
import dev.breakwater.platform.web.exchange.ReadyAnswer;
import dev.breakwater.platform.web.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/** Product pages, encoded once. */
@Component
public class ProductCache {

    static final Ready.Refusal NO_PRODUCT =
            new Ready.Refusal(ProblemException.notFound("product_not_found", "There is no product with this SKU."));

    private final Products products;
    private final KnownKeys known;
    private final JsonMapper json;
    private final TwoLevelCache pages;

    ProductCache(Products products, KnownKeys known, JsonMapper json, Caches caches, ChangeFeed productChanges) {
        this.products = products;
        this.known = known;
        this.json = json;
        this.pages = caches.of("products", this::load, known, productChanges::isCurrent);
    }

    /** @throws RuntimeException when the database cannot be asked, and what is known is too old or not there */
    public Lookup find(Sku sku) {
        return pages.get(sku.value());
    }

    /** Of products that there are, in the order of their SKUs here; what memory lacks is read in one query. */
    List<Cached> findAll(List<String> skus) {
        return pages.getAll(skus, this::loadAll);
    }

    /** What memory knows of the product, or that there is none; null when somebody would have to be asked. */
    public @Nullable Ready ready(String name) {
        var cached = pages.inMemory(name);
        if (cached == null) {
            return null;
        }
        if (cached.body() == null) {
            return Sku.isOne(name) ? NO_PRODUCT : null;
        }
        return answer(cached, cached.body());
    }

    static ReadyAnswer answer(Cached cached, byte[] body) {
        return new ReadyAnswer(cached.etag(), "application/json", ProductController.CACHE_CONTROL, body);
    }

    /** The product is at this version now, written by this instance. */
    void changed(String sku, long version) {
        known.add(sku);
        pages.invalidate(sku, version);
    }

    /** The product is at this version now, written by any instance. */
    void heard(String sku, long version) {
        known.add(sku);
        pages.invalidateInBackground(sku, version);
    }

    /** The same for a change of long ago, from before this instance began: the others have seen to the shared level. */
    void heardLate(String sku, long version) {
        known.add(sku);
        pages.invalidateLocally(sku, version);
    }

    /** So that who changed the class of a product by its stock sees it at once, also when events do not travel. */
    @TransactionalEventListener
    void written(VersionWritten written) {
        pages.invalidateInBackground(written.sku(), written.version());
    }

    private Cached load(String sku) {
        var product = products.find(new Sku(sku));
        if (product.isEmpty()) {
            known.passedByMistake();
            return Cached.ABSENT;
        }
        return encoded(product.get());
    }

    private Map<String, Cached> loadAll(List<String> skus) {
        return products.findAll(skus).stream().collect(Collectors.toMap(Product::sku, this::encoded));
    }

    private Cached encoded(Product product) {
        return new Cached(product.version(), json.writeValueAsBytes(product));
    }
}
