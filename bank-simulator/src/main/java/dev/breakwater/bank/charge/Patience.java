package dev.breakwater.bank.charge;

import java.time.Duration;

/** Waiting that ends early when the process stops. */
@FunctionalInterface
public interface Patience {

    /** Returns whether the whole time has passed; otherwise the process is stopping. */
    boolean wait(Duration time);
}
