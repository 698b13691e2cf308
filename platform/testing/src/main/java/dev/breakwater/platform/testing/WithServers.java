package dev.breakwater.platform.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring Boot test real servers and a database of its own Spring context, and lets it believe
 * {@link TestTokens}.
 *
 * <p>The servers are started once a JVM and can be stopped, killed and frozen through {@link Servers}; whoever does
 * that brings them back before the test ends.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithServers {

    Kind[] value() default {Kind.MARIADB, Kind.KAFKA, Kind.REDIS};

    /** A server that a test may ask for. */
    enum Kind {
        MARIADB,
        KAFKA,
        REDIS
    }
}
