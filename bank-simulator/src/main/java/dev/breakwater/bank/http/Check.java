package dev.breakwater.bank.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a field must be before anything is done with it. */
public final class Check {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private Check() {}

    public static String key(String field, @Nullable String value) {
        if (value == null || !KEY.matcher(value).matches()) {
            throw Rejection.badRequest("%s must be 1 to 64 of A-Z a-z 0-9 - _.".formatted(field));
        }
        return value;
    }

    public static String currency(@Nullable String value) {
        if (value == null || !CURRENCY.matcher(value).matches()) {
            throw Rejection.badRequest("currency must be three capital letters.");
        }
        return value;
    }

    public static long amount(@Nullable Long value) {
        if (value == null || value <= 0) {
            throw Rejection.badRequest("amountMinor must be a whole number above 0.");
        }
        return value;
    }

    public static String text(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw Rejection.badRequest("%s is missing.".formatted(field));
        }
        return value;
    }
}
