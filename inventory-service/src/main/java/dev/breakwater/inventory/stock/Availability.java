package dev.breakwater.inventory.stock;

/** What a product page tells of the stock: a class, which seldom changes, and not the figure, which always does. */
public enum Availability {
    IN_STOCK,
    LOW,
    OUT_OF_STOCK;

    /** @param low up to how many pieces are called low */
    public static Availability of(long available, long low) {
        if (available <= 0) {
            return OUT_OF_STOCK;
        }
        return available <= low ? LOW : IN_STOCK;
    }
}
