package dev.breakwater.platform.overload.rate;

/** How it is with those who share. Asked at each call, so it has to know. */
public interface Sharing {

    /** Whether shared buckets can be asked. */
    boolean isPossible();

    /** How many instances there are, this one included. */
    int sharers();

    /** A shared bucket did not answer. */
    void failed(Throwable cause);
}
