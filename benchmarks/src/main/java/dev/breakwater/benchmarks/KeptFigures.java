package dev.breakwater.benchmarks;

import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The ratios that were measured once, in a file of the repository, by name. Speeds differ from machine to machine. */
final class KeptFigures {

    /** How far below the kept spread a ratio may fall before it is called worse. */
    private static final double TOLERANCE = 0.15;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * A ratio as it was measured.
     *
     * @param unit of what the ratio is one
     * @param date in UTC
     */
    record Kept(String name, Spread ratio, String unit, String date, String machine) {}

    /** What {@code --compare} says: all lines, and which benchmarks got worse. */
    record Verdict(List<String> lines, List<String> worse) {}

    private final Map<String, Kept> figures;

    private KeptFigures(Map<String, Kept> figures) {
        this.figures = figures;
    }

    static KeptFigures read(Path file) {
        var figures = new TreeMap<String, Kept>();
        if (Files.exists(file)) {
            try {
                for (var one : JSON.readValue(file, Kept[].class)) {
                    figures.put(one.name(), one);
                }
            } catch (JacksonException e) {
                throw new CannotStartException("%s cannot be read: %s.".formatted(file, e.getOriginalMessage()), e);
            }
        }
        return new KeptFigures(figures);
    }

    /** Those of the benchmarks that nothing is kept of. */
    List<String> unknown(List<Benchmark> benchmarks) {
        return benchmarks.stream()
                .map(Benchmark::name)
                .filter(name -> !figures.containsKey(name))
                .toList();
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, JSON.writeValueAsString(figures.values()) + "\n");
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** In place of what was kept under that name; the others stay. */
    void keep(Outcome outcome, String date, String machine) {
        var benchmark = outcome.benchmark();
        var name = benchmark.name();
        figures.put(
                name,
                new Kept(name, outcome.ratio().rounded(), benchmark.measure().unit(benchmark.things()), date, machine));
    }

    Verdict compare(List<Outcome> outcomes) {
        var lines = new ArrayList<String>();
        var worse = new ArrayList<String>();
        for (var outcome : outcomes) {
            var name = outcome.benchmark().name();
            var kept = figures.get(name);
            if (kept == null) {
                lines.add("%s: %s, nothing kept to compare with".formatted(name, ResultTable.ratio(outcome.ratio())));
                continue;
            }
            var isWorse = outcome.benchmark().target().isWorse(outcome.ratio(), kept.ratio(), TOLERANCE);
            if (isWorse) {
                worse.add(name);
            }
            lines.add("%s: kept %s (%s, %s), now %s%s"
                    .formatted(
                            name,
                            ResultTable.ratio(kept.ratio()),
                            kept.date(),
                            kept.machine(),
                            ResultTable.ratio(outcome.ratio()),
                            isWorse ? ": worse" : ""));
        }
        return new Verdict(lines, worse);
    }
}
