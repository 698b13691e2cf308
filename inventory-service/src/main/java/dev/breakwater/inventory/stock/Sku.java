package dev.breakwater.inventory.stock;

import dev.breakwater.platform.web.problem.ProblemException;
import java.util.regex.Pattern;

/** The name of a product: 1 to 40 of {@code A-Z a-z 0-9 - _ .}, where {@code a} and {@code A} differ. */
public record Sku(String value) implements Comparable<Sku> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    /** @throws IllegalArgumentException for anything that is no SKU */
    public Sku {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not a SKU");
        }
    }

    public static boolean isOne(String text) {
        return ALLOWED.matcher(text).matches();
    }

    /** @throws ProblemException 400 {@code invalid_sku}, before any cache or database is asked */
    public static Sku parse(String text) {
        if (!isOne(text)) {
            throw ProblemException.badRequest("invalid_sku", "A SKU is 1 to 40 characters of A-Z a-z 0-9 - _ .");
        }
        return new Sku(text);
    }

    /** The order of the database's binary collation, in which rows are locked. */
    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
