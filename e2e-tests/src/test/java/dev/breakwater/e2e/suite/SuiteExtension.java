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
        System.out.println(suite(context).logTails());
    }

    private static Suite suite(ExtensionContext context) {
        return context.getRoot().getStore(OURS).computeIfAbsent(Suite.class, key -> Suite.start(), Suite.class);
    }

    private static Shop shop(ExtensionContext context) {
        var suite = suite(context);
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Shop.class, key -> new Shop(suite.gateway()), Shop.class);
    }
}
