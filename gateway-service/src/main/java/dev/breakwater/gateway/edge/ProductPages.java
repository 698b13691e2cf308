package dev.breakwater.gateway.edge;

import dev.breakwater.gateway.routing.BalancedCall;
import dev.breakwater.gateway.routing.Deadline;
import dev.breakwater.gateway.routing.OnwardAnswer;
import dev.breakwater.gateway.routing.OnwardRequest;
import dev.breakwater.gateway.routing.ServiceCall;
import dev.breakwater.gateway.routing.ServiceCall.Affinity;
import dev.breakwater.platform.caching.Cached;
import dev.breakwater.platform.caching.Caches;
import dev.breakwater.platform.caching.CachingProperties;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.caching.Lookup;
import dev.breakwater.platform.caching.TwoLevelCache;
import dev.breakwater.platform.web.exchange.Ready;
import dev.breakwater.platform.web.exchange.ReadyAnswer;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Product pages as inventory-service encoded them. */
@Component
class ProductPages {

    static final String PATH = "/api/v1/products/";

    /** What the contract says of a page; a page with anything else is not kept. */
    static final String CACHE_CONTROL = "public, max-age=1, stale-if-error=300";

    static final Ready.Refusal NO_PRODUCT =
            new Ready.Refusal(ProblemException.notFound("product_not_found", "There is no product with this SKU."));

    static final String SERVICE = "inventory-service";
    private static final String CACHE_STATUS = "Cache-Status";

    /** The service's strong entity tag is the version of the product. */
    private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})\"");

    private final BalancedCall call;
    private final Duration timeLimit;
    private final TwoLevelCache pages;

    ProductPages(BalancedCall call, Caches caches, CachingProperties caching, ChangeFeed productFeed) {
        this.call = call;
        this.timeLimit = caching.longestLoad();
        this.pages = caches.ofMemory("edge-products", this::load, productFeed::isCurrent);
    }

    /** @throws PassedOnException with what the service answered instead of a page */
    Lookup find(String sku) {
        return pages.get(sku);
    }

    /** What memory has of the page; null when somebody would have to be asked. */
    @Nullable
    Cached inMemory(String sku) {
        return pages.inMemory(sku);
    }

    /** What memory knows of the product, or that there is none; null when somebody would have to be asked. */
    @Nullable
    Ready ready(String sku) {
        var cached = inMemory(sku);
        if (cached == null) {
            return null;
        }
        return cached.body() == null ? NO_PRODUCT : answer(cached, cached.body());
    }

    static ReadyAnswer answer(Cached cached, byte[] body) {
        return new ReadyAnswer(cached.etag(), "application/json", CACHE_CONTROL, body);
    }

    void changed(String sku, long version) {
        pages.invalidate(sku, version);
    }

    private Cached load(String sku) {
        var request = OnwardRequest.get(PATH + sku).header(HttpHeaders.ACCEPT, "application/json");
        var answer =
                call.send(new ServiceCall(SERVICE, new Affinity(sku, null), true, request, Deadline.in(timeLimit)));
        return switch (answer.status()) {
            case 200 -> page(answer);
            case 404 -> Cached.ABSENT;
            default -> throw new PassedOnException(answer);
        };
    }

    private static Cached page(OnwardAnswer answer) {
        var version = VERSION.matcher(answer.first(HttpHeaders.ETAG).orElse(""));
        var isKept = version.matches()
                && answer.first(CACHE_STATUS).isEmpty()
                && answer.all(HttpHeaders.CACHE_CONTROL).contains(CACHE_CONTROL);
        if (!isKept) {
            throw new PassedOnException(answer);
        }
        return new Cached(Long.parseLong(version.group(1)), answer.bytes());
    }
}
