package dev.breakwater.demo.launch;

/** Where a supervised process stands. */
enum Condition {
    /** For what it needs. */
    WAITING,
    STARTING,
    READY,
    /** It ended by itself and is about to be started again. */
    RESTARTING,
    /** Somebody asked for it. */
    STOPPED
}
