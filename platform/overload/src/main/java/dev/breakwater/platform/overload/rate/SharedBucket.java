package dev.breakwater.platform.overload.rate;

import java.util.concurrent.CompletionStage;

/** A bucket that several instances take from. */
@FunctionalInterface
public interface SharedBucket {

    /**
     * Takes as many tokens as there are, and at most so many. Does not block; fails soon if the bucket cannot be
     * reached.
     */
    CompletionStage<Grant> take(long most);

    /**
     * What was got.
     *
     * @param tokens how many were taken
     * @param left how many are left for everybody
     */
    record Grant(long tokens, long left) {}
}
