package dev.breakwater.platform.web.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which setting holds the demo secret and what to do about it. */
public final class DemoSecretFailureAnalyzer extends AbstractFailureAnalyzer<DemoSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DemoSecretException cause) {
        return new FailureAnalysis(
                cause.property() + " holds a secret of the demo, which everybody knows.",
                "Set it to a secret of your own, or start with SPRING_PROFILES_ACTIVE=demo if this is a demo.",
                cause);
    }
}
