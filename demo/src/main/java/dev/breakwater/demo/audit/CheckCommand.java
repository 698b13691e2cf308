package dev.breakwater.demo.audit;

import dev.breakwater.demo.PortOffset;
import dev.breakwater.demo.gateway.DemoGateway;
import dev.breakwater.demo.suite.Service;
import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Waits until nothing is under way, and judges. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Wait until the suite is quiet, read its audit, and fail on any violation.")
public final class CheckCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 1_000;

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "120", description = "How long to wait for quiet.")
    private int waitSeconds;

    @Option(names = "--gateway", paramLabel = "URL", description = "Another gateway than the demo's.")
    private @Nullable String gateway;

    @Override
    public Integer call() throws InterruptedException {
        var url = gateway == null ? "http://localhost:" + Service.GATEWAY.port(1, portOffset.value()) : gateway;
        var shop = new DemoGateway(url.replaceAll("/$", ""));
        var deadline = System.nanoTime() + waitSeconds * 1_000_000_000L;
        var said = "";
        while (true) {
            var reading = read(shop, url);
            if (reading.isQuiet() || System.nanoTime() > deadline) {
                reading.table().forEach(System.out::println);
                reading.verdict(waitSeconds).forEach(System.out::println);
                return reading.isGood() ? 0 : 1;
            }
            var underWay = reading.underWay();
            if (!underWay.equals(said)) {
                System.out.println("waiting: " + underWay);
                said = underWay;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static Reading read(DemoGateway shop, String url) {
        try {
            var answer = shop.get("/api/v1/audit", shop.token("breakwater-check", "admin"));
            if (answer.status() == 503) {
                return Reading.unavailable(parsed(answer.body()).path("detail").asString("the audit is unavailable"));
            }
            if (answer.status() != 200) {
                throw new CannotStartException("%s/api/v1/audit answered %d.".formatted(url, answer.status()));
            }
            return new Reading(parsed(answer.body()));
        } catch (IOException e) {
            throw new CannotStartException(
                    "%s does not answer (%s); is Breakwater up?".formatted(url, e.getMessage()), e);
        }
    }

    private static JsonNode parsed(String body) throws IOException {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IOException("an answer that is not JSON", e);
        }
    }
}
