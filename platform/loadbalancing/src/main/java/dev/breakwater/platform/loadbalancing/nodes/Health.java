package dev.breakwater.platform.loadbalancing.nodes;

/** Whether an instance gets calls. */
public enum Health {
    /** It gets its share. */
    UP,
    /** It is new, or was ejected, and gets a part of its share that grows. */
    WARMING,
    /** It rests for its failures. */
    EJECTED
}
