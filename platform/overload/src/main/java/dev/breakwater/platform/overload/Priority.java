package dev.breakwater.platform.overload;

/** How much a call matters when not all can be served, the most first. */
public enum Priority {
    /** Orders and what pays for them. */
    PLACING,
    /** How an order that was placed is getting on. */
    STATUS,
    /** Looking around. */
    BROWSING,
    /** Reports and other work that can be done later. */
    EXPORTS
}
