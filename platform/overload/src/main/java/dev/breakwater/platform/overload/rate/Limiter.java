package dev.breakwater.platform.overload.rate;

import java.time.Duration;

/** Lets calls through at a rate. */
public interface Limiter {

    /** Whether one more may go on. May wait a little, as its class tells. */
    Decision take();

    /** For a call that was let through and then was not made. */
    void giveBack();

    /** Whether it is known that a call would be refused now. */
    boolean isExhausted();

    /** About how many calls would be let through at once. */
    long left();

    /** After what time a call that is refused may be repeated with some hope. */
    Duration comeBackIn();
}
