package dev.breakwater.platform.overload;

/** What a call says about the dependency. */
public enum Sample {
    /** It was answered; the time that this took is measured. */
    SERVED,
    /** It was cut off or turned away because of too much load; the limit shall fall. */
    DROPPED,
    /** It says nothing about the load: it was never made, or went wrong on our side. */
    IGNORED
}
