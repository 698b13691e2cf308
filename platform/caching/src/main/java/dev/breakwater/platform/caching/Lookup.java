package dev.breakwater.platform.caching;

/**
 * A cache's answer.
 *
 * @param stale the source could not be asked, and this is the last that is known
 */
public record Lookup(Cached cached, boolean stale) {}
