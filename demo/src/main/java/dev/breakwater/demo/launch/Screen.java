package dev.breakwater.demo.launch;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What {@code up} shows: on a terminal a table that fills in, elsewhere a line for each thing that happens. */
final class Screen {

    private final PrintStream out;
    private final boolean terminal;
    private int drawn;
    private boolean tableIsOpen;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Screen standard() {
        return new Screen(System.out, Boolean.getBoolean("breakwater.terminal"));
    }

    synchronized void say(String line) {
        if (drawn > 0) {
            up();
            out.println("\u001b[J" + line);
            drawn = 0;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** From here to {@link #closeTable} the table is kept up to date in its place. */
    synchronized void openTable() {
        tableIsOpen = true;
    }

    synchronized void draw(List<Supervised.Snapshot> snapshots, double seconds) {
        if (!terminal || !tableIsOpen) {
            return;
        }
        if (drawn > 0) {
            up();
        }
        var lines = Table.render(snapshots);
        lines.forEach(line -> out.println(line + "\u001b[K"));
        out.println(String.format(Locale.ROOT, "  %.0f s\u001b[K", seconds));
        out.flush();
        drawn = lines.size() + 1;
    }

    /** The last picture stays. */
    synchronized void closeTable(List<Supervised.Snapshot> snapshots) {
        tableIsOpen = false;
        if (drawn > 0) {
            up();
            out.print("\u001b[J");
            drawn = 0;
        }
        Table.render(snapshots).forEach(out::println);
        out.flush();
    }

    /** Said at once where there is no table to show it. */
    synchronized void event(String line) {
        if (!terminal || !tableIsOpen) {
            say("  " + line);
        }
    }

    private void up() {
        out.print("\u001b[%dA".formatted(drawn));
    }
}
