package dev.breakwater.inventory.products;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.web.page.Page;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The pages of all products and of each category. A page is a walk along an index, which says its SKUs, and the bodies
 * that the cache has of them, joined: only those that memory lacks are read and encoded. The SKUs of first pages are
 * kept for a moment.
 */
@Component
class ProductLists {

    private final Products products;
    private final ProductCache cache;
    private final AsyncCache<FirstPage, List<String>> firstPages;
    private final AtomicLong writes = new AtomicLong();
    private final Counter walks;

    ProductLists(Products products, ProductCache cache, ProductListsProperties properties, MeterRegistry meters) {
        this.products = products;
        this.cache = cache;
        this.firstPages = Caffeine.newBuilder()
                .initialCapacity(properties.firstPages())
                .maximumSize(properties.firstPages())
                .expireAfterWrite(properties.keptFor())
                .executor(task -> Thread.ofVirtual().name("product-list").start(task))
                .buildAsync();
        this.walks = Counter.builder("product.lists.walks")
                .description("Pages whose SKUs were looked for in the database; those of others were in memory.")
                .register(meters);
    }

    /** @param writes how many this instance had made: what was looked for before the last one is asked for no more */
    private record FirstPage(long writes, @Nullable String category, int limit) {}

    /** A {@link Page} of products, encoded. */
    byte[] page(@Nullable Sku after, @Nullable String category, int limit) {
        var skus =
                after == null ? firstPage(new FirstPage(writes.get(), category, limit)) : walk(after, category, limit);
        var page = Page.of(skus, limit, sku -> sku);
        return joined(cache.findAll(page.items()), page.nextCursor());
    }

    /** One walk for all who want it, and its failure too. */
    private List<String> firstPage(FirstPage wanted) {
        try {
            return firstPages
                    .get(wanted, first -> walk(null, first.category, first.limit))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** This instance wrote a product, which may be new, or of another category now. */
    void changed() {
        writes.incrementAndGet();
    }

    /** With one SKU more than the page has, which tells that there is a next one. */
    private List<String> walk(@Nullable Sku after, @Nullable String category, int limit) {
        walks.increment();
        return products.skusAfter(after, category, limit + 1);
    }

    private static byte[] joined(List<Cached> items, @Nullable String nextCursor) {
        var json = new ByteArrayOutputStream(16_384);
        json.writeBytes("{\"items\":[".getBytes(US_ASCII));
        var between = "";
        for (var item : items) {
            json.writeBytes(between.getBytes(US_ASCII));
            json.writeBytes(item.body());
            between = ",";
        }
        // A cursor is in Base64: nothing in it is to be escaped.
        var end = nextCursor == null ? "]}" : "],\"nextCursor\":\"%s\"}".formatted(nextCursor);
        json.writeBytes(end.getBytes(US_ASCII));
        return json.toByteArray();
    }
}
