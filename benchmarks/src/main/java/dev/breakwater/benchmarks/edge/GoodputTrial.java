package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.OpenLoop;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.benchmarks.http.KeptConnections;
import dev.breakwater.benchmarks.http.ServingProcess;
import dev.breakwater.platform.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** How much of a service is left when more comes than it can do, with a door and without. */
public final class GoodputTrial implements Trial {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** What was let in and given up by its caller is worked off by then. */
    private static final Duration REST = BoundedService.LONGEST_WAIT.plusSeconds(2);

    private static final double LEAST_GOODPUT = 0.9;
    private static final double MOST_P99 = 3;
    private static final double LEAST_PLACED = 0.95;

    private final Duration before;
    private final Duration length;

    /**
     * @param before how long each rate is offered before it is measured
     * @param length of what is measured
     */
    public GoodputTrial(Duration before, Duration length) {
        this.before = before;
        this.length = length;
    }

    /** Offered, against the 500/s that can be done. */
    private enum Rate {
        BELOW("0.8 ×", new OpenLoop(2, 5)),
        ALL("1 ×", new OpenLoop(1, 2)),
        TWICE("2 ×", new OpenLoop(1, 1)),
        FIVE_TIMES("5 ×", new OpenLoop(5, 2)),
        TEN_TIMES("10 ×", new OpenLoop(5, 1));

        private final String text;
        private final OpenLoop arrivals;

        Rate(String text, OpenLoop arrivals) {
            this.text = text;
            this.arrivals = arrivals;
        }
    }

    @Override
    public String name() {
        return "goodput";
    }

    @Override
    public String question() {
        return "a service that can do %d at a time in %d ms each; answers within %d s, callers come whether the ones before were answered or not"
                .formatted(BoundedService.AT_A_TIME, BoundedService.EACH.toMillis(), DEADLINE.toSeconds());
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        var findings = new ArrayList<Finding>();
        var on = offered(true, findings, progress);
        var off = offered(false, findings, progress);
        var peak = Math.max(peak(on), peak(off));
        findings.add(atLeast("door: goodput at 10 × against the peak", inTime(on) / peak, LEAST_GOODPUT));
        findings.add(Finding.told("no door: the same", two(inTime(off) / peak)));
        findings.add(atMost("door: p99 of the admitted at 10 × against 0.8 ×", p99Ratio(on), MOST_P99));
        findings.add(Finding.told("no door: the same", two(p99Ratio(off))));
        findings.addAll(placed(Rate.BELOW, progress));
        return findings;
    }

    private Map<Rate, Flood.Tally> offered(boolean door, List<Finding> findings, Consumer<String> progress)
            throws IOException, InterruptedException {
        var side = door ? "door" : "no door";
        var tallies = new EnumMap<Rate, Flood.Tally>(Rate.class);
        try (var service = start(door)) {
            var port = service.process().port();
            progress.accept(side + ": warming up");
            offer(port, Rate.ALL);
            offer(port, Rate.FIVE_TIMES);
            for (var rate : Rate.values()) {
                Thread.sleep(REST);
                var processors = Processors.now(service.process().pid());
                var tally = offer(port, rate);
                var used = Processors.now(service.process().pid()).since(processors);
                tallies.put(rate, tally);
                progress.accept("%s, %s: %s".formatted(side, rate.text, said(tally)));
                findings.add(Finding.told("%s, %s: in time, refused, p99".formatted(side, rate.text), said(tally)));
                findings.add(Finding.told(
                        "%s, %s: processors of the callers, of the service".formatted(side, rate.text),
                        used.toString()));
            }
        }
        return tallies;
    }

    private Flood.Tally offer(int port, Rate rate) throws IOException {
        try (var flood = new Flood(port, KeptConnections.post(BoundedService.PLACING), rate.arrivals, DEADLINE)) {
            return flood.run(before, length);
        }
    }

    /** Placements that would alone fit, in the middle of a flood of browsing. */
    private List<Finding> placed(Rate placements, Consumer<String> progress) throws Exception {
        progress.accept("placing at %s while browsing floods at 10 ×".formatted(placements.text));
        try (var service = start(true);
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var placing = new Flood(
                        service.process().port(),
                        KeptConnections.post(BoundedService.PLACING),
                        placements.arrivals,
                        DEADLINE);
                var browsing = new Flood(
                        service.process().port(),
                        KeptConnections.get(BoundedService.BROWSING),
                        Rate.TEN_TIMES.arrivals,
                        DEADLINE)) {
            offer(service.process().port(), Rate.ALL);
            Thread.sleep(REST);
            var placed = threads.submit(() -> placing.run(before, length));
            var browsed = browsing.run(before, length);
            return List.of(
                    atLeast(
                            "placing at %s in a flood of browsing at 10 ×: in time".formatted(placements.text),
                            placed.get().shareInTime(),
                            LEAST_PLACED),
                    Finding.told("placing: in time, refused, p99", said(placed.get())),
                    Finding.told("browsing: in time, refused, p99", said(browsed)));
        }
    }

    private static ServingProcess start(boolean door) throws IOException, InterruptedException {
        var port = FreePorts.next();
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path", ""),
                BoundedService.class.getName(),
                Integer.toString(port),
                Boolean.toString(door));
        return new ServingProcess("bounded-service", command, port, "/internal/ready");
    }

    private String said(Flood.Tally tally) {
        var seconds = length.toMillis() / 1e3;
        return String.format(
                Locale.ROOT,
                "%,.0f/s, %,.0f/s, %.0f ms",
                tally.inTime() / seconds,
                tally.refused() / seconds,
                tally.p99Millis());
    }

    private static double peak(Map<Rate, Flood.Tally> tallies) {
        return tallies.values().stream().mapToLong(Flood.Tally::inTime).max().orElseThrow();
    }

    private static double inTime(Map<Rate, Flood.Tally> tallies) {
        return of(tallies, Rate.TEN_TIMES).inTime();
    }

    private static double p99Ratio(Map<Rate, Flood.Tally> tallies) {
        return of(tallies, Rate.TEN_TIMES).p99Millis() / of(tallies, Rate.BELOW).p99Millis();
    }

    private static Flood.Tally of(Map<Rate, Flood.Tally> tallies, Rate rate) {
        var tally = tallies.get(rate);
        if (tally == null) {
            throw new IllegalStateException("not measured: " + rate);
        }
        return tally;
    }

    private static Finding atLeast(String what, double value, double wanted) {
        return new Finding(what, two(value), "at least " + two(wanted), value >= wanted);
    }

    private static Finding atMost(String what, double value, double wanted) {
        return new Finding(what, two(value), "at most " + two(wanted), value <= wanted);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
