package dev.breakwater.platform.loadbalancing.strategies;

/**
 * Which calls go to a new version. Each key has a number between 0 and 100 for each version, and goes there while the
 * share is above it: the same key always to the same side, and a share that is raised only moves keys towards the
 * version. Another version has other numbers, so that it is not always the same customers who meet what is new.
 */
public final class Canary {

    private static final double PERCENT = 100;

    private final long salt;
    private final double share;

    /** @param share of the calls in percent, 0 to 100 */
    public Canary(String version, double share) {
        salt = Hashes.of(version);
        this.share = share;
    }

    /** @param key the hash of whoever shall stay on one side */
    public boolean takes(long key) {
        return Hashes.fraction(Hashes.mixed(key ^ salt)) * PERCENT < share;
    }
}
