package dev.breakwater.inventory.stock;

/**
 * What there is of one product, in pieces; also a change of it.
 *
 * @param onHand in the warehouse, reserved and set aside pieces included
 * @param reserved of those, promised to orders
 * @param setAside of those, kept for flash sales
 * @param sold gone to customers
 */
public record Balance(long onHand, long reserved, long setAside, long sold) {

    public static final Balance ZERO = new Balance(0, 0, 0, 0);

    public long available() {
        return onHand - reserved - setAside;
    }

    /** All that ever came in, net of adjustments. */
    public long received() {
        return onHand + sold;
    }

    public Balance plus(Balance change) {
        return new Balance(
                Math.addExact(onHand, change.onHand),
                Math.addExact(reserved, change.reserved),
                Math.addExact(setAside, change.setAside),
                Math.addExact(sold, change.sold));
    }

    /** @throws IllegalStateException when there would be less than nothing */
    Balance after(Movement movement) {
        var after = plus(movement.change());
        if (!after.isPossible()) {
            throw new IllegalStateException("impossible movement from=%s by=%s".formatted(this, movement));
        }
        return after;
    }

    /** Whether the schema would take it as a balance. */
    private boolean isPossible() {
        return onHand >= 0 && reserved >= 0 && setAside >= 0 && sold >= 0 && available() >= 0;
    }
}
