package dev.breakwater.bank.operations;

import dev.breakwater.bank.database.Database;
import dev.breakwater.bank.http.Answer;
import dev.breakwater.bank.http.Request;
import dev.breakwater.bank.http.Route;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The same paths as the actuator of the other processes, and a counter an outcome. */
public final class Operations {

    private final Database database;
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

    public Operations(Database database) {
        this.database = database;
    }

    public void count(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/actuator/health", this::health),
                Route.get("/actuator/health/readiness", this::health),
                Route.get("/actuator/health/liveness", request -> Answer.ok(Map.of("status", "UP"))),
                Route.get("/actuator/info", request -> Answer.ok(info())),
                Route.get("/actuator/prometheus", request -> new Answer.Text(200, figures())));
    }

    private Answer health(Request request) {
        boolean up = database.answers();
        return new Answer.Json(up ? 200 : 503, Map.of("status", up ? "UP" : "DOWN"));
    }

    private static Map<String, Map<String, String>> info() {
        String version = Operations.class.getPackage().getImplementationVersion();
        return Map.of(
                "build",
                Map.of("artifact", "bank-simulator", "version", Objects.requireNonNullElse(version, "unpackaged")));
    }

    private String figures() {
        StringBuilder text = new StringBuilder("# TYPE bank_answers_total counter\n");
        new TreeMap<>(outcomes)
                .forEach((outcome, count) -> text.append("bank_answers_total{outcome=\"")
                        .append(outcome)
                        .append("\"} ")
                        .append(count.sum())
                        .append('\n'));
        return text.append("# TYPE jvm_memory_used_bytes gauge\n")
                .append("jvm_memory_used_bytes{area=\"heap\"} ")
                .append(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed())
                .append("\n# TYPE process_uptime_seconds gauge\nprocess_uptime_seconds ")
                .append(ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0)
                .append('\n')
                .toString();
    }
}
