package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Side;
import dev.breakwater.benchmarks.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A product page that memory has, against a server that has nothing else to do than to write the same bytes. */
public final class PageBenchmark implements Benchmark {

    /** A hot path of this size is compiled by then, on two cores that the server shares with its clients. */
    private static final Duration UNTIL_COMPILED = Duration.ofSeconds(30);

    private final String name;
    private final String server;
    private final SubjectOpening opening;
    private final Peer peer;
    private final Target target;
    private final AtomicReference<@Nullable CapturedAnswer> answered = new AtomicReference<>();

    @FunctionalInterface
    private interface SubjectOpening {
        ShopServer open() throws Exception;
    }

    private PageBenchmark(String name, String server, SubjectOpening opening, Peer peer, Target target) {
        this.name = name;
        this.server = server;
        this.opening = opening;
        this.peer = peer;
        this.target = target;
    }

    public static PageBenchmark atInventory(String name, Peer peer, Target target) {
        return new PageBenchmark(name, "inventory-service", ShopServer::inventory, peer, target);
    }

    public static PageBenchmark atGateway(String name, Peer peer, Target target) {
        return new PageBenchmark(name, "gateway-service", ShopServer::gateway, peer, target);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String question() {
        return "GET /products/{sku} of a hot product at %s, against %s that writes the same bytes and headers"
                .formatted(server, peer.called());
    }

    @Override
    public String things() {
        return "reads";
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public Duration warmUp() {
        return UNTIL_COMPILED;
    }

    @Override
    public void requireTools() {
        Wrk.require();
        peer.require();
    }

    @Override
    public Contender subject() {
        return new Contender(server, List.of(10), _ -> openSubject());
    }

    @Override
    public Contender peer() {
        return new Contender(peer.called(), List.of(10), _ -> openPeer());
    }

    private Side openSubject() throws Exception {
        var shop = opening.open();
        answered.set(CapturedAnswer.of(PageSide.page(shop.port())));
        return new PageSide(PageSide.page(shop.port()), shop, shop.managementPort());
    }

    private Side openPeer() throws Exception {
        var answer = answered.get();
        if (answer == null) {
            throw new IllegalStateException("the subject has not been opened yet");
        }
        return peer.open(answer);
    }
}
