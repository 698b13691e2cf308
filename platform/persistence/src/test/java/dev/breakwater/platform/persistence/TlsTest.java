package dev.breakwater.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.testing.SecureServers;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** The configuration file that every service has, against a database that requires TLS. */
class TlsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues(
                    "spring.config.import=classpath:platform/persistence.yaml",
                    "spring.application.name=tls",
                    "spring.flyway.connect-retries=0",
                    "DATABASE_ADDRESS=" + SecureServers.database().address(),
                    "DATABASE_NAME=" + SecureServers.database().name(),
                    "DATABASE_USER=" + SecureServers.database().user(),
                    "DATABASE_PASSWORD=" + SecureServers.database().password())
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void a_database_whose_authority_is_known_is_spoken_to_over_tls() {
        service.withPropertyValues("DATABASE_TLS=VERIFY_IDENTITY")
                .withPropertyValues(SecureServers.trust(SecureServers.authority()))
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    var jdbc = new JdbcTemplate(context.getBean(DataSource.class));
                    var cipher = jdbc.queryForMap("SHOW STATUS LIKE 'Ssl_cipher'");
                    assertThat(cipher.get("Value")).asString().isNotEmpty();
                    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM idempotency_keys", Integer.class))
                            .isZero();
                });
    }

    @Test
    void a_database_whose_authority_is_unknown_is_not_believed() {
        service.withPropertyValues("DATABASE_TLS=VERIFY_CA")
                .withPropertyValues(SecureServers.trust(SecureServers.strangeAuthority()))
                .run(context -> assertThatThrownBy(context.getBean(DataSource.class)::getConnection)
                        .hasStackTraceContaining("CertPathValidatorException"));
    }

    @Test
    void who_comes_without_tls_is_sent_away() {
        service.withPropertyValues("DATABASE_TLS=DISABLED")
                .run(context -> assertThatThrownBy(context.getBean(DataSource.class)::getConnection)
                        .hasStackTraceContaining("require_secure_transport"));
    }
}
