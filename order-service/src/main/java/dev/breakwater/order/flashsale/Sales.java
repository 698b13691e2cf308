package dev.breakwater.order.flashsale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.remote.NotCalledException;
import dev.breakwater.platform.remote.RemoteCalls;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** Finds a sale: in the table of this service, and else at inventory, whose announcement may still be on its way. */
@Component
class Sales {

    private static final Logger log = LoggerFactory.getLogger(Sales.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SaleRows rows;
    private final InventorySales inventory;
    private final RemoteCalls calls;
    /** Nothing about them changes any more, and those who come too late are many. */
    private final Cache<UUID, SaleRows.Row> closed = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    /** Whoever asks for what does not exist asks inventory once a second. */
    private final Cache<UUID, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Sales(SaleRows rows, InventorySales inventory, RemoteCalls calls) {
        this.rows = rows;
        this.inventory = inventory;
        this.calls = calls;
    }

    /**
     * @throws ProblemException 404 {@code flash_sale_not_found}; 503 when inventory would have to be asked and is away
     */
    SaleRows.Row find(UUID id) {
        var known = closed.getIfPresent(id);
        if (known != null) {
            return known;
        }
        var row = rows.find(id).orElseGet(() -> ask(id));
        if (row.closed()) {
            closed.put(id, row);
        }
        return row;
    }

    private SaleRows.Row ask(UUID id) {
        if (unknown.getIfPresent(id) != null) {
            throw notFound();
        }
        try {
            var sale = CallDeadline.in(PATIENCE)
                    .during(() -> calls.call("inventory-flash-sales", () -> inventory.sale(id)));
            rows.keep(List.of(sale));
            return rows.find(id).orElseThrow(Sales::notFound);
        } catch (HttpClientErrorException.NotFound e) {
            unknown.put(id, true);
            throw notFound();
        } catch (RestClientException | NotCalledException e) {
            log.warn("inventory not asked for a flash sale cause={}", e.toString());
            throw unavailable();
        }
    }

    static ProblemException notFound() {
        return ProblemException.notFound("flash_sale_not_found", "There is no flash sale with this id.");
    }

    static ProblemException unavailable() {
        return ProblemException.unavailable(
                "flash_sale_unavailable", "The flash sale cannot let anybody in just now.", RETRY_AFTER);
    }
}
