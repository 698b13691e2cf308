package dev.breakwater.order.flashsale;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.breakwater.order.intake.Digest;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A flash sale's terms, as inventory announced them.
 *
 * @param perCustomerLimit how many pieces one customer may buy
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Sale(
        UUID id,
        String sku,
        long priceMinor,
        String currency,
        long quantity,
        long perCustomerLimit,
        Instant startsAt,
        Instant endsAt) {

    private static final long TIME_BITS = 0xFFFF_FFFF_FFFFL;

    Sale {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sku, "sku");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(startsAt, "startsAt");
        Objects.requireNonNull(endsAt, "endsAt");
    }

    /**
     * The id of what a customer orders with a key: the same wherever and whenever it is asked for (RFC 9562, version
     * 8). It begins with the sale's start, as an id of version 7 does with its moment, so that a sale's orders lie
     * together in every index; 74 bits are of a SHA-256.
     */
    UUID orderId(String customer, String key) {
        // The customer last: what stands before it has no line breaks.
        var hash = Digest.of(id + "\n" + key + "\n" + customer);
        var time = (startsAt.toEpochMilli() & TIME_BITS) << 16;
        var high = time | 0x8000L | (hash.getMostSignificantBits() & 0x0FFFL);
        var low = (hash.getLeastSignificantBits() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** In microseconds, as the door counts. */
    long startMicros() {
        return micros(startsAt);
    }

    long endMicros() {
        return micros(endsAt);
    }

    static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
