package dev.breakwater.order.overview;

import dev.breakwater.order.overview.ProductClient.Product;
import dev.breakwater.platform.remote.NotCalledException;
import dev.breakwater.platform.remote.RemoteCalls;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** The products of an order, taken from one list by as many readers as run it. */
final class ProductParts implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ProductParts.class);

    private final RemoteCalls calls;
    private final ProductClient products;
    private final List<String> skus;
    private final Queue<String> unread;
    /** Empty for a SKU that is not known any more. */
    private final Map<String, Optional<Product>> told = new ConcurrentHashMap<>();

    ProductParts(RemoteCalls calls, ProductClient products, List<String> skus) {
        this.calls = calls;
        this.products = products;
        this.skus = skus;
        this.unread = new ConcurrentLinkedQueue<>(skus);
    }

    @Override
    public void run() {
        for (var sku = unread.poll(); sku != null && !Thread.currentThread().isInterrupted(); sku = unread.poll()) {
            read(sku);
        }
    }

    private void read(String sku) {
        try {
            told.put(sku, Optional.of(calls.call("inventory", () -> products.product(sku))));
        } catch (HttpClientErrorException.NotFound e) {
            told.put(sku, Optional.empty());
        } catch (RestClientException | NotCalledException e) {
            log.debug("product not told sku={} cause={}", sku, e.getMessage());
        }
    }

    List<Product> found() {
        return skus.stream()
                .map(told::get)
                .filter(Objects::nonNull)
                .flatMap(Optional::stream)
                .toList();
    }

    List<String> missing() {
        var untold = skus.stream().filter(sku -> !told.containsKey(sku)).toList();
        return untold.size() == skus.size()
                ? List.of("products")
                : untold.stream().map(sku -> "products/" + sku).toList();
    }
}
