package dev.breakwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.servers.CannotStartException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Option;

class BenchTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private static final List<Trial> TRIALS = List.of(new Counting());

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void an_unknown_benchmark_is_answered_with_the_known_ones() {
        assertThat(run(List.of(Sleeper.named("relay"), Sleeper.named("hot-row")), "--only", "relai"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("There is no benchmark relai; there are relay, hot-row, counting.\n");
    }

    @Test
    void a_number_that_makes_no_sense_is_refused_in_one_line() {
        assertThat(run(List.of(Sleeper.named("relay")), "--runs", "0")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("--runs and --seconds must be at least 1.\n");
    }

    @Test
    void an_option_that_does_not_exist_is_refused_in_one_line() {
        assertThat(run(List.of(Sleeper.named("relay")), "--rums", "3")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("--rums");
    }

    @Test
    void the_table_gives_both_sides_the_ratio_and_whether_the_target_is_reached() {
        assertThat(run(List.of(Sleeper.named("relay")))).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "relay +ours +400 +400 – 400 +naps/s +– +– +4\\.00 × \\(4\\.00 – 4\\.00\\) +≥ 3 × +reached")
                .containsPattern("theirs +100 +100 – 100 +naps/s")
                .contains("relay: nothing in particular");
    }

    @Test
    void wrong_data_fails_the_command_and_is_not_kept() {
        var careless = new Sleeper("relay", Sleeper.leaving("3 rows are missing"), Sleeper.leaving("none"));

        assertThat(run(List.of(careless), "--keep")).isEqualTo(1);
        assertThat(err.toString()).contains("Wrong: careless: 3 rows are missing");
        assertThat(folder.resolve("writes.json")).doesNotExist();
    }

    @Test
    void a_benchmark_that_fails_does_not_take_the_others_figures_with_it() {
        var failing = new Sleeper(
                "relay",
                new Contender("ours", List.of(1), size -> {
                    throw new IllegalStateException("no database");
                }),
                Sleeper.leaving("none"));

        assertThat(run(List.of(failing, Sleeper.named("hot-row")), "--keep")).isEqualTo(1);
        assertThat(err.toString()).contains("no database").endsWith("Failed: relay.\n");
        assertThat(out.toString()).contains("4.00 ×");
        assertThat(folder.resolve("writes.json")).exists();
    }

    @Test
    void a_ratio_within_what_was_kept_passes_the_comparison() {
        assertThat(run(List.of(Sleeper.named("relay")), "--keep")).isZero();
        assertThat(run(List.of(Sleeper.named("relay")), "--compare")).isZero();
        assertThat(out.toString()).contains("relay: kept 4.00 × (4.00 – 4.00) (2026-11-21");
    }

    @Test
    void a_ratio_more_than_15_percent_below_the_kept_spread_fails_the_comparison() {
        assertThat(run(List.of(of(400)), "--keep")).isZero();
        assertThat(run(List.of(of(341)), "--compare")).isZero();
        assertThat(run(List.of(of(339)), "--compare")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("Worse than kept: relay.\n");
    }

    @Test
    void a_comparison_with_nothing_is_refused_before_anything_is_measured() {
        assertThat(run(List.of(Sleeper.named("hot-row")), "--keep")).isZero();
        assertThat(run(List.of(Sleeper.named("relay"), Sleeper.named("hot-row")), "--compare", "--only", "relay"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("Nothing is kept to compare relay with; measure it with --keep first.\n");
    }

    @Test
    void without_names_what_is_kept_is_compared() {
        var both = List.<Benchmark>of(Sleeper.named("relay"), Sleeper.named("hot-row"));
        assertThat(run(both, "--keep", "--only", "hot-row")).isZero();
        assertThat(run(both, "--compare")).isZero();
        assertThat(out.toString()).contains("hot-row: kept 4.00 ×").doesNotContain("relay");
    }

    @Test
    void keeping_one_benchmark_leaves_the_others() throws Exception {
        var both = List.<Benchmark>of(Sleeper.named("relay"), Sleeper.named("hot-row"));
        assertThat(run(both, "--keep")).isZero();
        assertThat(run(both, "--keep", "--only", "relay")).isZero();

        assertThat(Files.readString(folder.resolve("writes.json"))).contains("\"relay\"", "\"hot-row\"");
    }

    @Test
    void kept_figures_that_cannot_be_read_are_said_before_anything_is_measured() throws Exception {
        Files.writeString(folder.resolve("writes.json"), "[{");

        assertThat(run(List.of(Sleeper.named("relay")), "--compare")).isEqualTo(1);
        assertThat(err.toString()).hasLineCount(1).contains("writes.json cannot be read");
    }

    @Test
    void what_a_trial_finds_stands_in_a_table_of_its_own() {
        assertThat(run(List.of(Sleeper.named("relay")), "--only", "counting", "--up-to", "7"))
                .isZero();
        assertThat(out.toString())
                .contains("counting: to 7")
                .containsPattern("counting +last +7 +≥ 5 +reached")
                .containsPattern("counting +first +1\n")
                .contains("counting: how far it goes")
                .doesNotContain("relay");
    }

    @Test
    void a_trial_that_falls_short_is_said_to_have_missed() {
        assertThat(run(List.of(), "--up-to", "4")).isZero();
        assertThat(out.toString()).containsPattern("counting +last +4 +≥ 5 +missed");
    }

    @Test
    void a_trial_cannot_be_compared() {
        assertThat(run(List.of(Sleeper.named("relay")), "--compare", "--only", "counting"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Nothing is kept to compare counting with");
    }

    @Test
    void what_must_be_installed_is_said_in_one_line_and_the_others_run() {
        var toolless = new Sleeper(
                "relay",
                new Contender("ours", List.of(1), size -> {
                    throw new CannotStartException("There is no wrk.");
                }),
                Sleeper.leaving("none"));

        assertThat(run(List.of(toolless, Sleeper.named("hot-row")))).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("relay: There is no wrk.\nFailed: relay.\n");
        assertThat(out.toString()).contains("4.00 ×");
    }

    private static final class Counting implements Trial {

        @Option(names = "--up-to", defaultValue = "9")
        private int last;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String question() {
            return "how far it goes";
        }

        @Override
        public List<Finding> run(Consumer<String> progress) {
            progress.accept("to " + last);
            return List.of(new Finding("last", Integer.toString(last), "≥ 5", last >= 5), Finding.told("first", "1"));
        }
    }

    private static Sleeper of(int perSecond) {
        return new Sleeper(
                "relay", Sleeper.doing("ours", size -> perSecond, 1), Sleeper.doing("theirs", size -> 100, 1));
    }

    private int run(List<Benchmark> known, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "writes";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Bench.commandLine(
                        List.of(new Group("writes", "Tests.", "lying down", known, TRIALS, () -> {})), folder, CLOCK)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
