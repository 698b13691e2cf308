package dev.breakwater.demo.launch;

import dev.breakwater.demo.PortOffset;
import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a service wrote, of this run or, after its end, of the last. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show a service's log.")
public final class LogsCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 300;

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Parameters(paramLabel = "SERVICE[/N]", description = "For example order-service/2, payment or kafka.")
    private String service = "";

    @Option(names = "--lines", paramLabel = "N", defaultValue = "100", description = "How many of the last lines.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes.")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        var logs = logs();
        var read = new HashMap<Path, Long>();
        for (var log : logs) {
            if (logs.size() > 1) {
                System.out.printf("==> %s <==%n", log.getFileName());
            }
            read.put(log, Files.size(log));
            LogTail.lines(log, lines).forEach(System.out::println);
        }
        while (follow) {
            for (var log : logs) {
                read.put(log, printFrom(log, read.getOrDefault(log, 0L)));
            }
            Thread.sleep(POLL_MILLIS);
        }
        return 0;
    }

    private List<Path> logs() throws IOException {
        var folder = RunFolder.of(portOffset.value()).logs();
        var words = service.split("/", 2);
        var instance = words.length > 1 ? "-" + Pattern.quote(words[1]) : "(-\\d)?";
        var wanted = Pattern.compile(Pattern.quote(words[0]) + "(-[a-z]+)?" + instance + "\\.log");
        var found = new ArrayList<Path>();
        var all = new ArrayList<String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.sorted().toList()) {
                    var name = file.getFileName().toString();
                    all.add(name.replace(".log", ""));
                    if (wanted.matcher(name).matches()) {
                        found.add(file);
                    }
                }
            }
        }
        if (found.isEmpty()) {
            throw new CannotStartException(
                    all.isEmpty()
                            ? "There are no logs; nothing has run."
                            : "There is no log of %s; there are %s.".formatted(service, String.join(", ", all)));
        }
        return found;
    }

    private static long printFrom(Path log, long from) throws IOException {
        if (!Files.exists(log) || Files.size(log) < from) {
            return 0;
        }
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            var news = in.readAllBytes();
            System.out.print(new String(news, StandardCharsets.UTF_8));
            System.out.flush();
            return from + news.length;
        }
    }
}
