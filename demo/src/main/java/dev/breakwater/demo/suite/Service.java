package dev.breakwater.demo.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The suite's own programs. */
public enum Service {
    DISCOVERY("discovery-config", 8761, 1, 96, null),
    BANK("bank-simulator", 8084, 1, 40, "bank"),
    INVENTORY("inventory-service", 8082, 2, 144, "inventory"),
    ORDER("order-service", 8081, 2, 144, "orders"),
    PAYMENT("payment-service", 8083, 1, 128, "payments"),
    GATEWAY("gateway-service", 8080, 1, 160, null);

    /** The n-th instance of a service listens this much higher, its actuator another thousand. */
    private static final int INSTANCE_STEP = 10;

    private static final int ACTUATOR_STEP = 1000;

    private final String artifact;
    private final int port;
    private final int instances;
    private final int heapMegabytes;
    private final @Nullable String database;

    Service(String artifact, int port, int instances, int heapMegabytes, @Nullable String database) {
        this.artifact = artifact;
        this.port = port;
        this.instances = instances;
        this.heapMegabytes = heapMegabytes;
        this.database = database;
    }

    /** By its name, or the name without its last part: {@code order}, {@code bank}. */
    public static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.artifact.equals(name) || service.artifact.startsWith(name + "-"))
                .findFirst();
    }

    public static String names() {
        return Arrays.stream(values()).map(Service::artifact).collect(Collectors.joining(", "));
    }

    /** As folder, artifact and application name. */
    public String artifact() {
        return artifact;
    }

    public int port(int instance, int portOffset) {
        return port + INSTANCE_STEP * (instance - 1) + portOffset;
    }

    public int actuatorPort(int instance, int portOffset) {
        return port(instance, portOffset) + ACTUATOR_STEP;
    }

    /** How many the demo runs unless told otherwise. */
    public int instances() {
        return instances;
    }

    public int heapMegabytes() {
        return heapMegabytes;
    }

    /** The name of its database and of the user who owns it. */
    public Optional<String> database() {
        return Optional.ofNullable(database);
    }

    /** Only what is balanced by name can have several instances. */
    public boolean canHaveSeveral() {
        return this == ORDER || this == INVENTORY || this == PAYMENT || this == GATEWAY;
    }

    /** Only what callers find in the registry can have a second instance beside it for a while. */
    public boolean canHaveStandIn() {
        return registers() && this != GATEWAY;
    }

    /** True for those that find each other in the registry. */
    public boolean registers() {
        return this != DISCOVERY && this != BANK;
    }

    /** Names of the members that must serve before this one is started. */
    List<String> needs() {
        return switch (this) {
            case DISCOVERY -> List.of();
            case BANK -> List.of(Suite.MARIADB);
            case GATEWAY -> List.of(DISCOVERY.artifact);
            case PAYMENT -> List.of(Suite.MARIADB, Suite.KAFKA, DISCOVERY.artifact, BANK.artifact);
            case ORDER, INVENTORY -> List.of(Suite.MARIADB, Suite.KAFKA, DISCOVERY.artifact);
        };
    }

    /** Stages are started in this order where nothing else is said, and ended in the reverse one. */
    int stage() {
        return switch (this) {
            case DISCOVERY, BANK -> 1;
            case INVENTORY, ORDER, PAYMENT -> 2;
            case GATEWAY -> 3;
        };
    }
}
