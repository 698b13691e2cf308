package dev.breakwater.demo.suite;

import dev.breakwater.demo.app.Apps;
import dev.breakwater.platform.servers.Kafka;
import dev.breakwater.platform.servers.MariaDb;
import dev.breakwater.platform.servers.Program;
import dev.breakwater.platform.servers.Redis;
import dev.breakwater.platform.servers.ServerCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All processes of one run, and what each is told. */
public final class Suite {

    public static final String MARIADB = "mariadb";
    public static final String REDIS = "redis";
    public static final String KAFKA = "kafka";

    /** Known to everybody: the servers listen on loopback only, and services refuse it outside the demo profile. */
    public static final String DEMO_PASSWORD = "breakwater-demo";

    private static final int MARIADB_PORT = 13306;
    private static final int REDIS_PORT = 16379;
    private static final int KAFKA_PORT = 19092;
    private static final int KAFKA_CONTROLLER_PORT = 19093;

    private final int portOffset;
    private final Selection selection;
    private final Path data;
    private final Path temporary;
    private final Path configuration;

    /**
     * @param data where the servers keep what they hold
     * @param temporary where the services put what may vanish
     * @param configuration where somebody may put files with settings for the services
     */
    public Suite(int portOffset, Selection selection, Path data, Path temporary, Path configuration) {
        this.portOffset = portOffset;
        this.selection = selection;
        this.data = data;
        this.temporary = temporary;
        this.configuration = configuration;
    }

    /** In the order of their stages. */
    public List<Member> members(ServerCache cache, Optional<Apps> apps) {
        var members = new ArrayList<Member>();
        members.add(server(
                MARIADB,
                List.of(MARIADB_PORT + portOffset),
                folder -> new MariaDb(cache).program(folder, MARIADB_PORT + portOffset, DEMO_PASSWORD, accounts())));
        members.add(server(
                KAFKA,
                List.of(KAFKA_PORT + portOffset, KAFKA_CONTROLLER_PORT + portOffset),
                folder ->
                        new Kafka(cache).program(folder, KAFKA_PORT + portOffset, KAFKA_CONTROLLER_PORT + portOffset)));
        members.add(server(
                REDIS,
                List.of(REDIS_PORT + portOffset),
                folder -> new Redis(cache).program(folder, REDIS_PORT + portOffset)));
        apps.ifPresent(present -> {
            for (var service : Service.values()) {
                for (var instance = 1; instance <= selection.of(service); instance++) {
                    members.add(member(service, instance, name(service, instance), present));
                }
            }
        });
        return members;
    }

    /** What a service reads from its environment; for one started elsewhere, too, for instance from an IDE. */
    public Map<String, String> environment(Service service, int instance) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("SPRING_PROFILES_ACTIVE", "demo");
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(service.port(instance, portOffset)));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(service.actuatorPort(instance, portOffset)));
        service.database().ifPresent(database -> {
            environment.put("DATABASE_ADDRESS", "localhost:" + (MARIADB_PORT + portOffset));
            environment.put("DATABASE_NAME", database);
            environment.put("DATABASE_USER", database);
            environment.put("DATABASE_PASSWORD", DEMO_PASSWORD);
        });
        environment.put("KAFKA_ADDRESSES", kafkaAddress(portOffset));
        environment.put("REDIS_ADDRESS", "localhost:" + (REDIS_PORT + portOffset));
        environment.put("DISCOVERY_URL", url(Service.DISCOVERY));
        if (service == Service.DISCOVERY) {
            environment.put("CONFIG_DIRECTORY", configuration.toString());
        }
        if (service == Service.PAYMENT) {
            environment.put("BANK_URL", url(Service.BANK));
        }
        return environment;
    }

    /** Where the first instance of a service is called. */
    public String url(Service service) {
        return "http://localhost:" + service.port(1, portOffset);
    }

    public static String kafkaAddress(int portOffset) {
        return "localhost:" + (KAFKA_PORT + portOffset);
    }

    /** Addresses of the three servers, for people. */
    public Map<String, String> serverAddresses() {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put(
                "MariaDB",
                "localhost:%d (users orders, inventory, payments, bank; password %s)"
                        .formatted(MARIADB_PORT + portOffset, DEMO_PASSWORD));
        addresses.put("Redis", "localhost:" + (REDIS_PORT + portOffset));
        addresses.put("Kafka", kafkaAddress(portOffset));
        return addresses;
    }

    /** One instance more than there are. */
    public Member standIn(Service service, Apps apps) {
        var instance = selection.of(service) + 1;
        return member(service, instance, service.artifact() + "/" + instance, apps);
    }

    private Member member(Service service, int instance, String name, Apps apps) {
        var actuator = service.actuatorPort(instance, portOffset);
        return new Member(
                name,
                List.of(service.port(instance, portOffset), actuator),
                service.stage(),
                service.needs().stream()
                        .filter(need -> Service.named(need).map(selection::has).orElse(true))
                        .toList(),
                () -> apps.program(
                        service,
                        name,
                        service.port(instance, portOffset),
                        environment(service, instance),
                        created(temporary.resolve(name.replace('/', '-'))),
                        new HealthProbe(actuator)));
    }

    private String name(Service service, int instance) {
        return selection.of(service) > 1 ? service.artifact() + "/" + instance : service.artifact();
    }

    private Member server(String name, List<Integer> ports, ServerProgram program) {
        return new Member(name, ports, 0, List.of(), () -> program.in(created(data.resolve(name))));
    }

    private static List<MariaDb.Account> accounts() {
        return Arrays.stream(Service.values())
                .flatMap(service -> service.database().stream())
                .map(database -> new MariaDb.Account(database, database, DEMO_PASSWORD))
                .toList();
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface ServerProgram {
        Program in(Path folder);
    }
}
