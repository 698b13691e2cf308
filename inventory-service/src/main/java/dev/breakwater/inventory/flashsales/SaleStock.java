package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.stock.Sku;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is set aside for sales, over which the orders of a batch are decided in memory. */
public final class SaleStock {

    private final Map<UUID, Left> sales;
    private final Set<UUID> changed = new HashSet<>();

    public SaleStock(Map<UUID, Left> sales) {
        this.sales = new HashMap<>(sales);
    }

    public static SaleStock none() {
        return new SaleStock(Map.of());
    }

    /**
     * What is left of a sale.
     *
     * @param pieces still set aside
     * @param returned given back to the product when it was closed
     */
    public record Left(Sku sku, long pieces, long returned, boolean closed) {}

    public Set<Sku> skus() {
        var skus = new HashSet<Sku>();
        sales.values().forEach(left -> skus.add(left.sku()));
        return skus;
    }

    public boolean has(UUID saleId, Sku sku, int pieces) {
        var left = sales.get(saleId);
        return left != null && !left.closed() && left.sku().equals(sku) && left.pieces() >= pieces;
    }

    /** Only what it {@link #has}. */
    public void take(UUID saleId, int pieces) {
        var left = open(saleId);
        if (left == null || left.pieces() < pieces) {
            throw new IllegalStateException("not left sale=" + saleId);
        }
        put(saleId, new Left(left.sku(), left.pieces() - pieces, left.returned(), false));
    }

    /** Takes pieces back into the sale; false if it has ended, or if there is none. */
    public boolean giveBack(UUID saleId, int pieces) {
        var left = open(saleId);
        if (left == null) {
            return false;
        }
        put(saleId, new Left(left.sku(), left.pieces() + pieces, left.returned(), false));
        return true;
    }

    /** Ends the sale; empty if nothing is left to be given back. */
    public Optional<Left> close(UUID saleId) {
        var left = open(saleId);
        if (left == null) {
            return Optional.empty();
        }
        put(saleId, new Left(left.sku(), 0, left.returned() + left.pieces(), true));
        return Optional.of(left).filter(rest -> rest.pieces() > 0);
    }

    /** In the order that everybody locks in. */
    SortedMap<UUID, Left> changed() {
        var rows = new TreeMap<UUID, Left>(SaleStocks.ORDER);
        sales.forEach((saleId, left) -> {
            if (changed.contains(saleId)) {
                rows.put(saleId, left);
            }
        });
        return rows;
    }

    private @Nullable Left open(UUID saleId) {
        var left = sales.get(saleId);
        return left == null || left.closed() ? null : left;
    }

    private void put(UUID saleId, Left left) {
        sales.put(saleId, left);
        changed.add(saleId);
    }
}
