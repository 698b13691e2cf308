package dev.breakwater.benchmarks;

/**
 * A figure that a {@link Trial} found.
 *
 * @param what was measured
 * @param value with its unit
 * @param wanted with its unit; empty where nothing is demanded
 * @param reached whether the value is as wanted
 */
public record Finding(String what, String value, String wanted, boolean reached) {

    /** A figure of which nothing is demanded. */
    public static Finding told(String what, String value) {
        return new Finding(what, value, "", true);
    }

    String judged() {
        if (wanted.isEmpty()) {
            return "";
        }
        return reached ? "reached" : "missed";
    }
}
