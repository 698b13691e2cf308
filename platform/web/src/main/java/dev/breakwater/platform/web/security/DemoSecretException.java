package dev.breakwater.platform.web.security;

/** A demo secret is configured outside the demo profile. */
public final class DemoSecretException extends RuntimeException {

    private final String property;

    DemoSecretException(String property) {
        super("demo secret in " + property);
        this.property = property;
    }

    public String property() {
        return property;
    }
}
