package dev.breakwater.inventory.stock;

import dev.breakwater.platform.web.problem.ProblemException;

/** The name of a product: 1 to 40 of {@code A-Z a-z 0-9 - _ .}, where {@code a} and {@code A} differ. */
public record Sku(String value) implements Comparable<Sku> {

    private static final int LONGEST = 40;
    private static final String MARKS = "-_.";

    /** @throws IllegalArgumentException for anything that is no SKU */
    public Sku {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not a SKU");
        }
    }

    public static boolean isOne(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
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
