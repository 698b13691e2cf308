package dev.breakwater.order.pricing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.remote.NotCalledException;
import dev.breakwater.platform.remote.RemoteCalls;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * What products cost: from memory, else from this service's own table, else from inventory.
 *
 * <p>Product events keep memory and table up to date, so that orders are taken while inventory is away. A price that a
 * slower reader brings along never replaces a later one, for versions decide.
 */
@Component
public class Prices {

    private static final Logger log = LoggerFactory.getLogger(Prices.class);

    private final PriceRows rows;
    private final InventoryClient inventory;
    private final RemoteCalls calls;
    private final Cache<String, Price> memory;
    /** A crowd that wants a price that is in no copy asks for it once. */
    private final SingleFlight<String, Optional<Price>> asking = new SingleFlight<>();

    Prices(
            PriceRows rows,
            InventoryClient inventory,
            RemoteCalls calls,
            @Value("${breakwater.order.prices-in-memory:100000}") long inMemory,
            @Value("${breakwater.order.price-max-age:60s}") Duration maxAge) {
        this.rows = rows;
        this.inventory = inventory;
        this.calls = calls;
        // The age bounds how long a missed event could matter.
        this.memory = Caffeine.newBuilder()
                .maximumSize(inMemory)
                .expireAfterWrite(maxAge)
                .build();
    }

    /**
     * The prices of these SKUs; what does not exist is absent.
     *
     * @param deadline of the call that wants to know
     * @throws ProblemException when a price is in no copy: 503 if inventory cannot be asked, 504 if there is no time
     */
    public Map<String, Price> of(Collection<String> skus, CallDeadline deadline) {
        var found = new HashMap<>(memory.getAllPresent(skus));
        var missing = without(skus, found);
        if (!missing.isEmpty()) {
            found.putAll(learn(rows.find(missing)));
            for (var sku : without(skus, found)) {
                asked(sku, deadline).ifPresent(price -> found.put(sku, price));
            }
        }
        return found;
    }

    /** Takes in prices from wherever they come; returns the latest known of each. */
    Map<String, Price> learn(List<Price> prices) {
        var latest = new HashMap<String, Price>();
        for (var price : prices) {
            var kept = memory.asMap().merge(price.sku(), price, (a, b) -> a.version() > b.version() ? a : b);
            latest.put(price.sku(), kept);
        }
        return latest;
    }

    private Optional<Price> asked(String sku, CallDeadline deadline) {
        try {
            return asking.get(
                            sku,
                            deadline,
                            () -> Optional.ofNullable(memory.getIfPresent(sku)).or(() -> ask(sku, deadline)))
                    .orElseThrow(Prices::tooLate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    /** Empty if there is no such product. */
    private Optional<Price> ask(String sku, CallDeadline deadline) {
        try {
            var product = deadline.during(() -> calls.call("inventory-prices", () -> inventory.product(sku)));
            var price = new Price(product.sku(), product.priceMinor(), product.currency(), product.version());
            rows.keep(List.of(price));
            return Optional.ofNullable(learn(List.of(price)).get(sku));
        } catch (HttpClientErrorException.NotFound e) {
            log.debug("unknown sku={}", sku);
            return Optional.empty();
        } catch (RestClientException | NotCalledException e) {
            if (deadline.hasPassed()) {
                throw tooLate();
            }
            log.warn("inventory not asked cause={}", e.toString());
            throw unavailable();
        }
    }

    private static ProblemException tooLate() {
        return RequestDeadline.exceeded("The price of a product was not found out in time. Nothing was placed.");
    }

    private static ProblemException unavailable() {
        return ProblemException.unavailable(
                "inventory_unavailable", "The price of a product cannot be found out now.", Duration.ofSeconds(2));
    }

    private static List<String> without(Collection<String> skus, Map<String, Price> found) {
        var missing = new ArrayList<>(skus);
        missing.removeAll(found.keySet());
        return missing;
    }
}
