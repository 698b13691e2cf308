package dev.breakwater.demo.launch;

import dev.breakwater.demo.gateway.DemoGateway;
import dev.breakwater.demo.suite.Selection;
import dev.breakwater.demo.suite.Service;
import dev.breakwater.demo.suite.Suite;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the suite as a whole serves: each instance is in the registry, and calls that reach every service through the
 * gateway are answered, as often in a row as there are instances to be chosen. Never an order: the audit stays at zero.
 */
final class SuiteProbe {

    private static final String NOBODYS_ORDER = "00000000-0000-7000-8000-000000000000";

    private final Suite suite;
    private final Selection selection;
    private final DemoGateway gateway;

    SuiteProbe(Suite suite, Selection selection) {
        this.suite = suite;
        this.selection = selection;
        this.gateway = new DemoGateway(suite.url(Service.GATEWAY));
    }

    /** What does not serve yet, or nothing. */
    Optional<String> missing() {
        try {
            if (selection.has(Service.DISCOVERY)) {
                for (var service : Service.values()) {
                    if (service.registers() && registered(service) < selection.of(service)) {
                        return Optional.of(service.artifact() + " is not in the registry yet");
                    }
                }
            }
            return selection.has(Service.GATEWAY) ? unanswered() : Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> unanswered() throws IOException {
        var token = gateway.token("breakwater-probe", "customer");
        var rounds = 2
                * selection.instances().values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(1);
        for (var round = 0; round < rounds; round++) {
            if (selection.has(Service.INVENTORY) && gateway.status("/api/v1/products/SKU-000001", token) != 200) {
                return Optional.of("the gateway does not reach inventory-service yet");
            }
            if (selection.has(Service.ORDER) && gateway.status("/api/v1/orders?limit=1", token) != 200) {
                return Optional.of("the gateway does not reach order-service yet");
            }
            if (selection.has(Service.PAYMENT) && gateway.status("/api/v1/payments/" + NOBODYS_ORDER, token) != 404) {
                return Optional.of("the gateway does not reach payment-service yet");
            }
        }
        return Optional.empty();
    }

    private int registered(Service service) throws IOException {
        var discovery = new DemoGateway(suite.url(Service.DISCOVERY));
        var listed = discovery.get("/eureka/apps/" + service.artifact().toUpperCase(Locale.ROOT), "");
        return listed.body().split("<status>UP</status>", -1).length - 1;
    }
}
