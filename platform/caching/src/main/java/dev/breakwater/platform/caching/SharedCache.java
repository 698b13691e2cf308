package dev.breakwater.platform.caching;

import java.time.Duration;
import java.util.Optional;

/** The level that instances share. It never throws: a level that is away has nothing. */
public interface SharedCache {

    /** For who has no neighbours, or wants none. */
    SharedCache NONE = new SharedCache() {
        @Override
        public Optional<Kept> get(String key) {
            return Optional.empty();
        }

        @Override
        public void put(String key, Cached cached, long loadedAt) {}

        @Override
        public void invalidate(String key, long version) {}

        @Override
        public boolean lease(String key, Duration longest) {
            return true;
        }

        @Override
        public void release(String key) {}
    };

    /**
     * @param loadedAt when loading it began, in milliseconds of the day's time
     * @param aging old enough to be loaded again, ahead of its end
     */
    record Kept(Cached cached, long loadedAt, boolean aging) {}

    Optional<Kept> get(String key);

    /** Keeps it unless a later version, or the knowledge of one, is there. */
    void put(String key, Cached cached, long loadedAt);

    /** Forgets what is older than the version, and refuses it from now on. */
    void invalidate(String key, long version);

    /**
     * Whether this instance is the one that loads now; of all who ask, one is told so until it {@link #release
     * releases} the lease, or the time is over. Who cannot ask the others loads. (Nishtala et al., "Scaling Memcache at
     * Facebook", 2013.)
     */
    boolean lease(String key, Duration longest);

    void release(String key);
}
