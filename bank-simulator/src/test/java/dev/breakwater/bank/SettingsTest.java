package dev.breakwater.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void the_demo_needs_no_setting_and_listens_on_loopback_only() {
        Settings settings = Settings.from(Map.of("SPRING_PROFILES_ACTIVE", "other,demo", "SERVER_PORT", "9084"));

        assertThat(settings.apiKey()).isEqualTo("demo-bank-key");
        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.managementPort()).isEqualTo(10084);
    }

    @Test
    void secrets_must_be_given_outside_the_demo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(Map.of()))
                .withMessage("DATABASE_PASSWORD must be set outside the demo profile.");
    }

    @Test
    void demo_secrets_are_refused_outside_the_demo() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Settings.from(Map.of("DATABASE_PASSWORD", "of my own", "BANK_API_KEY", "demo-bank-key")))
                .withMessageStartingWith("BANK_API_KEY holds the demo's value");
    }

    @Test
    void no_secret_is_printed() {
        Settings settings = Settings.from(Map.of("SPRING_PROFILES_ACTIVE", "demo"));

        assertThat(settings.toString()).doesNotContain("demo-bank-key", "breakwater-demo");
    }
}
