package dev.breakwater.platform.web;

import dev.breakwater.platform.testing.TestTokens;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** A small application with the platform's defaults, on ports of its own. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = WebTestApp.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:platform/web.yaml",
            "management.server.port=0",
            "server.tomcat.connection-timeout=500ms"
        })
@ContextConfiguration(initializers = WebTest.Believing.class)
@interface WebTest {

    /** Set as an operator would, through the environment variables of web.yaml. */
    final class Believing implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of("TOKEN_ISSUER=" + TestTokens.ISSUER, "TOKEN_PUBLIC_KEY=" + TestTokens.publicKeyPem())
                    .applyTo(context);
        }
    }
}
