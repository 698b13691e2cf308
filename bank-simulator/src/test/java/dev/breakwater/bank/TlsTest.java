package dev.breakwater.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.bank.database.Database;
import dev.breakwater.platform.testing.SecureServers;
import dev.breakwater.platform.testing.TestAuthority;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against a database that requires TLS. */
class TlsTest {

    @Test
    void a_database_whose_authority_is_known_is_spoken_to() {
        try (Database database = open("VERIFY_IDENTITY", SecureServers.authority())) {
            assertThat(database.answers()).isTrue();
        }
    }

    @Test
    void a_database_whose_authority_is_unknown_is_not_believed() {
        assertThatThrownBy(() -> open("VERIFY_CA", SecureServers.strangeAuthority()))
                .hasStackTraceContaining("CertPathValidatorException");
    }

    private static Database open(String tls, TestAuthority authority) {
        var server = SecureServers.database();
        Settings settings = Settings.from(Map.of(
                "SPRING_PROFILES_ACTIVE", "demo",
                "DATABASE_ADDRESS", server.address(),
                "DATABASE_NAME", server.name(),
                "DATABASE_USER", server.user(),
                "DATABASE_PASSWORD", server.password(),
                "DATABASE_TLS", tls,
                "TLS_TRUST_STORE", authority.trustStore(),
                "TLS_TRUST_STORE_PASSWORD", TestAuthority.TRUST_STORE_PASSWORD));
        return new Database(
                settings.databaseUrl(),
                settings.databaseUser(),
                settings.databasePassword(),
                1,
                Duration.ofSeconds(10));
    }
}
