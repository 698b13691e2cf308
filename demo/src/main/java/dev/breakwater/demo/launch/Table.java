package dev.breakwater.demo.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The processes of a run as people read them. */
final class Table {

    private static final String FORMAT = "  %-20s %6s %8s %9s %9s  %s";

    private Table() {}

    static List<String> render(List<Supervised.Snapshot> snapshots) {
        var lines = new ArrayList<String>();
        lines.add(FORMAT.formatted("name", "port", "pid", "start-up", "RSS", "").stripTrailing());
        for (var one : snapshots) {
            lines.add(row(one));
        }
        return lines;
    }

    static String row(Supervised.Snapshot one) {
        var pid = one.process().map(mark -> Long.toString(mark.pid())).orElse("-");
        var startUp = one.startUp().isZero()
                ? "-"
                : String.format(Locale.ROOT, "%.1f s", one.startUp().toMillis() / 1000.0);
        var rss = one.process().map(mark -> megabytes(Memory.rss(mark.pid()))).orElse("-");
        var condition = one.condition().name().toLowerCase(Locale.ROOT);
        var restarts = one.restarts() == 0 ? "" : ", restarted %d×".formatted(one.restarts());
        return String.format(Locale.ROOT, FORMAT, one.name(), one.port(), pid, startUp, rss, condition + restarts);
    }

    /** The sum over the launcher and its children. */
    static String memory(List<Supervised.Snapshot> snapshots) {
        var sum = Memory.pss(ProcessHandle.current().pid()).orElse(0);
        var known = false;
        for (var one : snapshots) {
            var pss = one.process().map(mark -> Memory.pss(mark.pid())).orElse(OptionalLong.empty());
            known |= pss.isPresent();
            sum += pss.orElse(0);
        }
        return known
                ? String.format(Locale.ROOT, "%.2f GiB (PSS of all processes)", sum / 1024.0 / 1024.0)
                : "unknown on this system";
    }

    private static String megabytes(OptionalLong kibibytes) {
        return kibibytes.isPresent() ? kibibytes.getAsLong() / 1024 + " MiB" : "-";
    }
}
