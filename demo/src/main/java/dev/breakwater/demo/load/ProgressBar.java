package dev.breakwater.demo.load;

import java.io.PrintStream;
import java.util.Locale;

/** How far along; on a terminal a bar that grows, elsewhere a line every tenth. */
final class ProgressBar {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private final int all;
    private final boolean terminal = Boolean.getBoolean("breakwater.terminal");
    private final String unit;
    private int tenthsSaid;

    ProgressBar(PrintStream out, int all, String unit) {
        this.out = out;
        this.all = all;
        this.unit = unit;
    }

    void show(int done) {
        if (terminal) {
            out.print("\r" + bar(done, all, unit));
            out.flush();
            return;
        }
        var tenths = (int) (10L * done / all);
        if (tenths > tenthsSaid) {
            tenthsSaid = tenths;
            out.println(bar(done, all, unit));
        }
    }

    void end(int done) {
        show(done);
        if (terminal) {
            out.println();
        }
    }

    static String bar(int done, int all, String unit) {
        var filled = (int) ((long) WIDTH * done / all);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %d of %d %s",
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                100L * done / all,
                done,
                all,
                unit);
    }
}
