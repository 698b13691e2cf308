package dev.breakwater.demo.audit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One answer of the audit, for people. */
record Reading(JsonNode audit) {

    private static final List<String> LEDGERS = List.of("orders", "stock", "payments", "bank", "events");

    /** For an audit that cannot be read at the moment: neither quiet nor good. */
    static Reading unavailable(String why) {
        var none = JsonMapper.shared().createObjectNode();
        none.put("unavailable", why);
        return new Reading(none);
    }

    boolean isQuiet() {
        return audit.path("quiet").asBoolean(false);
    }

    boolean isGood() {
        return isQuiet() && violations().isEmpty();
    }

    List<String> violations() {
        var all = new ArrayList<String>();
        audit.path("violations").forEach(violation -> all.add(violation.asString()));
        return all;
    }

    /** What keeps it from being quiet. */
    String underWay() {
        if (audit.has("unavailable")) {
            return audit.path("unavailable").asString();
        }
        return "%d orders open, %d payments unknown, %d messages to send, %d answers awaited"
                .formatted(
                        number("orders", "pending") + number("orders", "reserved"),
                        number("payments", "unknown"),
                        number("events", "outboxPending"),
                        number("events", "inFlight"));
    }

    List<String> table() {
        var lines = new ArrayList<String>();
        for (var ledger : LEDGERS) {
            audit.path(ledger)
                    .properties()
                    .forEach(figure -> lines.add("  %-9s %-17s %,17d"
                            .formatted(
                                    ledger, figure.getKey(), figure.getValue().asLong())));
        }
        return lines;
    }

    List<String> verdict(int waitedSeconds) {
        var lines = new ArrayList<String>();
        violations().forEach(violation -> lines.add("VIOLATED: " + violation));
        if (!isQuiet()) {
            lines.add("Not quiet after %d s: %s.".formatted(waitedSeconds, underWay()));
        } else if (violations().isEmpty()) {
            lines.add("Quiet, and no invariant is violated.");
        }
        return lines;
    }

    private long number(String ledger, String figure) {
        return audit.path(ledger).path(figure).asLong(0);
    }
}
