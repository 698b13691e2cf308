package dev.breakwater.bank;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All that can be set from outside. The demo's API key and database password are known to everybody: they are the
 * defaults of the demo profile and refused outside it.
 */
public record Settings(
        String address,
        int port,
        int managementPort,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        int databaseConnections,
        String apiKey,
        List<String> channels,
        Duration slowCharge,
        Duration lostAnswerHeld) {

    private static final String DEMO_API_KEY = "demo-bank-key";
    private static final String DEMO_PASSWORD = "breakwater-demo";

    /**
     * @throws IllegalArgumentException with one clear sentence when a secret is missing or a demo secret is out of
     *     place
     */
    public static Settings from(Map<String, String> environment) {
        boolean demo = profile(environment, "demo");
        int port = number(environment, "SERVER_PORT", 8084);
        return new Settings(
                environment.getOrDefault("SERVER_ADDRESS", demo ? "127.0.0.1" : "0.0.0.0"),
                port,
                number(environment, "MANAGEMENT_SERVER_PORT", port + 1000),
                "jdbc:mysql://%s/%s?sslMode=%s&trustCertificateKeyStoreUrl=%s&trustCertificateKeyStorePassword=%s"
                        .formatted(
                                environment.getOrDefault("DATABASE_ADDRESS", "localhost:13306"),
                                environment.getOrDefault("DATABASE_NAME", "bank"),
                                environment.getOrDefault("DATABASE_TLS", "PREFERRED"),
                                environment.getOrDefault("TLS_TRUST_STORE", ""),
                                environment.getOrDefault("TLS_TRUST_STORE_PASSWORD", "changeit")),
                environment.getOrDefault("DATABASE_USER", "bank"),
                secret(environment, "DATABASE_PASSWORD", DEMO_PASSWORD, demo),
                number(environment, "DATABASE_CONNECTIONS", 10),
                secret(environment, "BANK_API_KEY", DEMO_API_KEY, demo),
                List.of(environment
                        .getOrDefault("BANK_CHANNELS", "harbour,quayside")
                        .split(",")),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    /** Whether this start is only there to fill an AOT cache: it connects to nothing and ends. */
    static boolean isTraining(Map<String, String> environment) {
        return profile(environment, "aot-training");
    }

    private static boolean profile(Map<String, String> environment, String name) {
        return Arrays.asList(
                        environment.getOrDefault("SPRING_PROFILES_ACTIVE", "").split(","))
                .contains(name);
    }

    private static String secret(Map<String, String> environment, String name, String demoValue, boolean demo) {
        String given = environment.getOrDefault(name, "");
        if (given.isBlank()) {
            if (!demo) {
                throw new IllegalArgumentException("%s must be set outside the demo profile.".formatted(name));
            }
            return demoValue;
        }
        if (given.equals(demoValue) && !demo) {
            throw new IllegalArgumentException(
                    "%s holds the demo's value, which everybody knows: set another outside the demo profile."
                            .formatted(name));
        }
        return given;
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String given = environment.get(name);
        if (given == null || given.isBlank()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(given.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, not \"%s\".".formatted(name, given), e);
        }
    }

    /** Keeps the secrets out of logs. */
    @Override
    public String toString() {
        return "Settings[address=%s, port=%d, managementPort=%d, databaseUrl=%s, channels=%s]"
                .formatted(address, port, managementPort, databaseUrl.replaceFirst("\\?.*", ""), channels);
    }
}
