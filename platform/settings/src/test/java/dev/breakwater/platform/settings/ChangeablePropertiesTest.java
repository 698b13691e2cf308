package dev.breakwater.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class ChangeablePropertiesTest {

    @ConfigurationProperties("shop")
    record Fixed(int size) {}

    @ConfigurationProperties("door")
    static class Changeable {

        private int width;

        public int getWidth() {
            return width;
        }

        public void setWidth(int width) {
            this.width = width;
        }
    }

    @Configuration
    @EnableConfigurationProperties({Fixed.class, Changeable.class})
    static class Shop {}

    @Test
    void a_change_of_the_environment_leaves_records_alone_and_is_no_stack_trace(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ConfigurationPropertiesRebinderAutoConfiguration.class, SettingsAutoConfiguration.class))
                .withUserConfiguration(Shop.class)
                .withPropertyValues("shop.size=1", "door.width=2")
                .run(context -> {
                    context.getBean(Changeable.class).setWidth(3);
                    context.publishEvent(new EnvironmentChangeEvent(Set.of("shop.size", "door.width")));

                    assertThat(context.getBean(Fixed.class).size()).isEqualTo(1);
                    assertThat(context.getBean(Changeable.class).getWidth()).isEqualTo(2);
                });
        assertThat(output).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
