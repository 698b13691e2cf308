package dev.breakwater.inventory.stock;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Balances of a moment ago, which nobody holds: what is decided over them may come out otherwise. */
public final class ExpectedStock implements Stock {

    private final Map<Sku, Balance> balances;

    public ExpectedStock(Map<Sku, Balance> balances) {
        this.balances = new HashMap<>(balances);
    }

    @Override
    public @Nullable Balance balance(Sku sku) {
        return balances.get(sku);
    }

    @Override
    public void move(Sku sku, Movement movement) {
        var balance = balances.get(sku);
        if (balance == null) {
            throw new IllegalStateException("not there sku=" + sku);
        }
        balances.put(sku, balance.after(movement));
    }
}
