package dev.breakwater.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

class LiveSettingsTest {

    private final Map<String, Object> properties = new HashMap<>();
    private final StandardEnvironment environment = new StandardEnvironment();
    private final LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();

    LiveSettingsTest() {
        validator.afterPropertiesSet();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    record Rate(@Min(1) int perSecond, @DefaultValue Map<String, Integer> byName) {}

    @Test
    void a_changed_property_is_seen_and_told() {
        properties.put("rate.per-second", 5);
        var rate = settings();
        var told = new ArrayList<Rate>();
        rate.listen(told::add);

        properties.put("rate.per-second", 7);
        properties.put("rate.by-name.a", 1);
        changed(rate);

        assertThat(rate.get()).isEqualTo(new Rate(7, Map.of("a", 1)));
        assertThat(told).containsExactly(rate.get());
    }

    @Test
    void what_was_taken_away_is_gone() {
        properties.put("rate.per-second", 5);
        properties.put("rate.by-name.a", 1);
        var rate = settings();

        properties.remove("rate.by-name.a");
        changed(rate);

        assertThat(rate.get().byName()).isEmpty();
    }

    @Test
    void what_is_not_valid_changes_nothing() {
        properties.put("rate.per-second", 5);
        var rate = settings();

        properties.put("rate.per-second", 0);
        changed(rate);
        properties.put("rate.per-second", "many");
        changed(rate);

        assertThat(rate.get().perSecond()).isEqualTo(5);
    }

    @Test
    void a_start_without_valid_settings_fails() {
        properties.put("rate.per-second", 0);

        assertThatThrownBy(this::settings).isInstanceOf(BindException.class);
    }

    @Test
    void a_change_of_something_else_is_not_told() {
        properties.put("rate.per-second", 5);
        var rate = settings();
        var told = new ArrayList<Rate>();
        rate.listen(told::add);

        changed(rate);

        assertThat(told).isEmpty();
    }

    private LiveSettings<Rate> settings() {
        return new LiveSettings<>("rate", Rate.class, environment, validator);
    }

    private static void changed(LiveSettings<?> settings) {
        settings.onApplicationEvent(new EnvironmentChangeEvent(Set.of("any")));
    }
}
