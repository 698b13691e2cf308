package dev.breakwater.platform.persistence;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The text of SQL with its values in it. A parameter object a value, each encoded twice, was most of the JVM's work in
 * a batch (docs/performance.md).
 *
 * <p>Nothing of a value can be read as SQL: a number is digits; bytes are a hexadecimal literal; a text stands in
 * quotes only if it is printable ASCII without quote and backslash, and is the hexadecimal literal of its UTF-8
 * otherwise.
 */
public final class Literals {

    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder();

    /** A piece of SQL, taken as it is: it must not come from outside. */
    public Literals sql(String piece) {
        text.append(piece);
        return this;
    }

    public Literals number(long value) {
        text.append(value);
        return this;
    }

    public Literals text(@Nullable String value) {
        if (value == null) {
            text.append("NULL");
        } else if (isPlain(value)) {
            text.append('\'').append(value).append('\'');
        } else {
            hex("_utf8mb4 x'", value.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    public Literals bytes(byte @Nullable [] value) {
        if (value == null) {
            text.append("NULL");
        } else {
            hex("x'", value);
        }
        return this;
    }

    /** For a BINARY(16) column. */
    public Literals uuid(@Nullable UUID value) {
        if (value == null) {
            text.append("NULL");
        } else {
            text.append("x'")
                    .append(HEX.toHexDigits(value.getMostSignificantBits()))
                    .append(HEX.toHexDigits(value.getLeastSignificantBits()))
                    .append('\'');
        }
        return this;
    }

    /** Several of them, with commas between. */
    public Literals uuids(Iterable<UUID> values) {
        var separator = "";
        for (var value : values) {
            sql(separator).uuid(value);
            separator = ",";
        }
        return this;
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void hex(String opening, byte[] value) {
        HEX.formatHex(text.append(opening), value).append('\'');
    }

    private static boolean isPlain(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '\'' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
