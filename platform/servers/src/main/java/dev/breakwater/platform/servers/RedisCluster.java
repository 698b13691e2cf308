package dev.breakwater.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three masters, which share all slots, and a replica of each, made of {@link Redis#clusterNode} processes. */
public final class RedisCluster {

    public static final int NODES = 6;
    /** From a node's port to the one on which it talks to the other nodes. */
    public static final int BUS = 10_000;
    /** A master that is silent for as long is taken for dead, and its replica is elected. */
    static final Duration NODE_TIMEOUT = Duration.ofSeconds(1);

    private static final int MASTERS = NODES / 2;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;

    private final List<LocalProcess> nodes;

    /** @param nodes as many as {@link #NODES}, each empty and serving */
    public RedisCluster(List<LocalProcess> nodes) {
        this.nodes = List.copyOf(nodes);
        var ids = new ArrayList<String>();
        for (var n = 0; n < NODES; n++) {
            ids.add(ask(n, "CLUSTER", "MYID"));
            // Different ones, so that nobody has to settle afterwards whose word counts.
            ask(n, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(n + 1));
            if (n > 0) {
                ask(
                        0,
                        "CLUSTER",
                        "MEET",
                        "127.0.0.1",
                        Integer.toString(nodes.get(n).port()));
            }
        }
        for (var n = 0; n < MASTERS; n++) {
            giveSlots(n);
        }
        await("know each other", n -> ask(n, "CLUSTER", "INFO").contains("cluster_known_nodes:" + NODES));
        for (var n = MASTERS; n < NODES; n++) {
            ask(n, "CLUSTER", "REPLICATE", ids.get(n - MASTERS));
        }
        awaitWhole();
    }

    public List<LocalProcess> nodes() {
        return nodes;
    }

    /** {@code host:port}, separated by commas. */
    public String addresses() {
        return nodes.stream().map(LocalProcess::address).collect(Collectors.joining(","));
    }

    /** Starts what was stopped or killed, and waits until every slot has a master, and every master a replica. */
    public void bringBack() {
        nodes.forEach(node -> {
            if (!node.isRunning()) {
                node.start();
            }
            node.resume();
        });
        awaitWhole();
    }

    private void awaitWhole() {
        await("are a whole cluster", n -> {
            var role = ask(n, "INFO", "replication");
            return ask(n, "CLUSTER", "INFO").contains("cluster_state:ok")
                    && (role.contains("master_link_status:up") || role.contains("connected_slaves:1"));
        });
    }

    private void giveSlots(int n) {
        var command = IntStream.range(SLOTS * n / MASTERS, SLOTS * (n + 1) / MASTERS)
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(ArrayList::new));
        command.addAll(0, List.of("CLUSTER", "ADDSLOTS"));
        ask(n, command.toArray(String[]::new));
    }

    private String ask(int n, String... command) {
        var answer = answer(n, command);
        if (answer.startsWith("-")) {
            throw new CannotStartException("%s said %s to %s."
                    .formatted(
                            nodes.get(n).name(),
                            answer,
                            Arrays.stream(command).limit(3).toList()));
        }
        return answer;
    }

    private String answer(int n, String... command) {
        try {
            return RedisAnswer.to(nodes.get(n).port(), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Check {
        boolean isTrueOf(int node);
    }

    private void await(String what, Check check) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!IntStream.range(0, NODES).allMatch(n -> holds(check, n))) {
            if (System.nanoTime() > deadline) {
                throw new CannotStartException("The Redis nodes on %s do not say that they %s after %d s."
                        .formatted(addresses(), what, PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            if (Thread.currentThread().isInterrupted()) {
                throw new CannotStartException("Interrupted.");
            }
        }
    }

    /** A node that is still starting says nothing, or that it is loading. */
    private static boolean holds(Check check, int n) {
        try {
            return check.isTrueOf(n);
        } catch (UncheckedIOException | CannotStartException e) {
            return false;
        }
    }
}
