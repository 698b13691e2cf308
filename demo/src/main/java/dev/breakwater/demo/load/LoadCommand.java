package dev.breakwater.demo.load;

import dev.breakwater.demo.PortOffset;
import dev.breakwater.demo.suite.Service;
import dev.breakwater.platform.servers.CannotStartException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Places orders and says how that went. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Place orders through the gateway as many customers, and measure.")
public final class LoadCommand implements Callable<Integer> {

    private static final int CATALOGUE = 10_000;
    private static final int MOST_DELIVERED = 1_000;

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Option(names = "--orders", paramLabel = "N", description = "How many orders (1000).")
    private @Nullable Integer orders;

    @Option(names = "--seconds", paramLabel = "S", description = "For so long, instead of a number of orders.")
    private @Nullable Integer seconds;

    @Option(
            names = "--products",
            paramLabel = "P",
            description = "Only the first P products (at most 1000), after a delivery of a million pieces of each.")
    private @Nullable Integer products;

    @Option(names = "--concurrency", paramLabel = "C", defaultValue = "50", description = "How many at the same time.")
    private int concurrency;

    @Option(names = "--retry", description = "Repeat what was answered 429 or 503, or not at all, with the same key.")
    private boolean retry;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for the orders to become final.")
    private int waitSeconds;

    @Option(names = "--gateway", paramLabel = "URL", description = "Another gateway than the demo's.")
    private @Nullable String gateway;

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        var url = gateway == null
                ? "http://localhost:" + Service.GATEWAY.port(1, portOffset.value())
                : gateway.replaceAll("/$", "");
        var shop = new Shop(URI.create(url), concurrency);
        var customers = shop.customers(plan.customers());
        if (products != null) {
            shop.deliver(products);
        }
        var before = shop.counts();
        var figures = new Figures();
        var started = System.nanoTime();
        new Buyers(shop, customers, figures, retry).place(plan);
        var placing = Duration.ofNanos(System.nanoTime() - started);
        var meanwhile = shop.counts();
        var counted = Duration.ofNanos(System.nanoTime() - started);
        report(figures, placing);
        if (figures.accepted() == 0) {
            return 1;
        }
        if (before.isEmpty()) {
            say("A service is away (./breakwater status), so the audit has no counts: how these orders end is not told"
                    + " here. When it is back, ./breakwater check says whether anything is lost.");
            return 0;
        }
        meanwhile.ifPresent(now -> tellMeanwhile(before.get(), now, counted));
        System.out.println("Waiting for the orders to become final ...");
        var after = shop.awaitFinal(Duration.ofSeconds(waitSeconds));
        if (after.isEmpty()) {
            say("A service went away (./breakwater status), and was not back after %d s.", waitSeconds);
            return 1;
        }
        tellOutcome(before.get(), after.get(), Duration.ofNanos(System.nanoTime() - started));
        return after.get().open() == 0 ? 0 : 1;
    }

    private Plan plan() {
        for (var number : new Integer[] {orders, seconds, products, concurrency}) {
            if (number != null && number < 1) {
                throw new CannotStartException("--orders, --seconds, --products and --concurrency must be at least 1.");
            }
        }
        if (orders != null && seconds != null) {
            throw new CannotStartException("Give --orders or --seconds, not both.");
        }
        if (products != null && products > MOST_DELIVERED) {
            throw new CannotStartException("--products is at most %d.".formatted(MOST_DELIVERED));
        }
        return new Plan(
                orders == null ? 1_000 : orders,
                seconds == null ? null : Duration.ofSeconds(seconds),
                concurrency,
                products == null ? CATALOGUE : products);
    }

    private static void report(Figures figures, Duration placing) {
        say(
                "accepted   %d in %.1f s, %.0f/s",
                figures.accepted(), seconds(placing), figures.accepted() / seconds(placing));
        say("answered   p50 %.1f ms, p99 %.1f ms", figures.percentileMillis(50), figures.percentileMillis(99));
        if (figures.refusals().isEmpty()) {
            say("refused    none");
        }
        figures.refusals().forEach((cause, count) -> say("refused    %d × %s", count, cause));
    }

    private static void tellMeanwhile(Shop.Counts before, Shop.Counts now, Duration counted) {
        var confirmed = now.confirmed() - before.confirmed();
        say("meanwhile  %d confirmed, %.0f/s", confirmed, confirmed / seconds(counted));
    }

    private static void tellOutcome(Shop.Counts before, Shop.Counts after, Duration all) {
        var confirmed = after.confirmed() - before.confirmed();
        say("confirmed  %d in %.1f s, %.0f/s", confirmed, seconds(all), confirmed / seconds(all));
        say("rejected   %d", after.rejected() - before.rejected());
        say("cancelled  %d", after.cancelled() - before.cancelled());
        if (after.open() > 0) {
            say("still open %d", after.open());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
