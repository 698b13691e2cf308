package dev.breakwater.e2e.suite;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Keeps one suite for the whole run, in the store of the engine, which closes it. */
final class SuiteExtension implements ParameterResolver, TestWatcher {

    private static final Namespace OURS = Namespace.create(SuiteExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Suite.class || type == Shop.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Suite.class ? suite(context) : shop(context);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        System.out.println(context.getDisplayName() + " failed; the logs end like this:");
        var start = context.getRoot().getStore(OURS).get(Start.class, Start.class);
        System.out.println(
                start == null || start.started() == null ? "" : start.started().logTails());
    }

    private static Suite suite(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Start.class, key -> Start.attempt(), Start.class)
                .suite();
    }

    private static Shop shop(ExtensionContext context) {
        var suite = suite(context);
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Shop.class, key -> new Shop(suite.gateway()), Shop.class);
    }

    /** A start is attempted once: when it fails, every test fails, at once and for the same reason. */
    private record Start(@Nullable Suite started, @Nullable RuntimeException failure) implements AutoCloseable {

        static Start attempt() {
            try {
                return new Start(Suite.start(), null);
            } catch (RuntimeException e) {
                return new Start(null, e);
            }
        }

        Suite suite() {
            if (started == null) {
                throw new IllegalStateException("The suite did not start.", failure);
            }
            return started;
        }

        @Override
        public void close() {
            if (started != null) {
                started.close();
            }
        }
    }
}
