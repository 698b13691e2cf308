package dev.breakwater.platform.caching;

/** Where a cache gets what it does not have: a database, or another service. */
@FunctionalInterface
public interface Source {

    /**
     * What is true now; {@link Cached#ABSENT} for a key that there is not.
     *
     * @throws RuntimeException when that cannot be found out
     */
    Cached load(String key);
}
