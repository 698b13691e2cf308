package dev.breakwater.platform.settings;

import org.jspecify.annotations.Nullable;

/** Where the configuration of this service comes from, as far as it changes while it runs. */
@FunctionalInterface
interface ConfigurationSource {

    /** All of it, in any form that differs when it has changed; null while it cannot be had. */
    @Nullable
    String read() throws InterruptedException;
}
