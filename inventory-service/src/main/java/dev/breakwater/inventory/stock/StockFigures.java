package dev.breakwater.inventory.stock;

import java.util.Map;

/** The counters that the audit reads, by name: the sums over all products. */
public final class StockFigures {

    public static final String RECEIVED = "received";
    public static final String ON_HAND = "onHand";
    public static final String RESERVED = "reserved";
    public static final String SET_ASIDE = "setAside";
    public static final String SOLD = "sold";

    private StockFigures() {}

    public static Map<String, Long> of(Balance sum) {
        return Map.of(
                RECEIVED, sum.received(),
                ON_HAND, sum.onHand(),
                RESERVED, sum.reserved(),
                SET_ASIDE, sum.setAside(),
                SOLD, sum.sold());
    }
}
