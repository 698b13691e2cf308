package dev.breakwater.e2e.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithSuite
class ReadmeTest {

    private static final Path README = Suite.repository().resolve("README.md");

    private final Suite suite;

    ReadmeTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void the_requests_of_the_readme_work_when_they_are_pasted_into_a_shell(@TempDir Path folder) throws Exception {
        var requests = RequestBlocks.of(README);
        assertThat(requests.withStatus()).isNotEmpty();
        var script = Files.writeString(folder.resolve("session.sh"), session(requests.blocks(), folder));

        var shell = new ProcessBuilder("bash", "-u", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("session.out").toFile())
                .start();
        assertThat(shell.waitFor(2, TimeUnit.MINUTES)).isTrue();

        for (var i = 0; i < requests.blocks().size(); i++) {
            var block = requests.blocks().get(i);
            var said = Files.readString(folder.resolve("block-" + i));
            if (!block.expected().equals("none")) {
                assertThat(said).as(block.commands()).endsWith("\n" + block.expected());
            }
        }
    }

    @Test
    void the_requests_of_the_readme_are_those_of_requests_http() throws Exception {
        var inFile = new ArrayList<String>();
        var request = Pattern.compile("^(GET|HEAD|POST|PUT|DELETE|PATCH) (\\S+)", Pattern.MULTILINE)
                .matcher(Files.readString(Suite.repository().resolve("requests.http")));
        while (request.find()) {
            var path = request.group(2)
                    .replaceFirst("^(http://localhost:8080|\\{\\{(host|gateway|base|baseUrl)}})", "")
                    .replaceAll("\\{\\{[^}]+}}", "{}");
            inFile.add(request.group(1) + " " + path);
        }

        var inReadme = RequestBlocks.of(README).withStatus().stream()
                .map(RequestBlocks.Block::request)
                .toList();

        assertThat(new TreeSet<>(inFile)).isEqualTo(new TreeSet<>(inReadme));
    }

    @Test
    void the_chinese_readme_has_the_same_requests() throws Exception {
        assertThat(RequestBlocks.of(Suite.repository().resolve("README.zh-CN.md")))
                .isEqualTo(RequestBlocks.of(README));
    }

    /** All blocks in one shell, each with an output of its own; a curl whose status is expected prints it last. */
    private String session(List<RequestBlocks.Block> blocks, Path folder) {
        var session = new StringBuilder();
        for (var i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            session.append(
                    block.expected().equals("none")
                            ? "unset -f curl\n"
                            : "curl() { command curl --write-out '\\n%{http_code}' \"$@\"; }\n");
            session.append("{\n").append(moved(block.commands())).append("} > ");
            session.append(folder.resolve("block-" + i)).append(" 2>&1\n");
        }
        return session.toString();
    }

    private String moved(String commands) {
        return commands.replace("localhost:8080", "localhost:" + suite.port(8080));
    }
}
