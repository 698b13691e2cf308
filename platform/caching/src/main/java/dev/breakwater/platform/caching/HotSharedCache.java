package dev.breakwater.platform.caching;

import java.time.Duration;
import java.util.Optional;

/** Keeps hot keys apart from the rest, so that what many want slows down nobody who wants something else. */
final class HotSharedCache implements SharedCache {

    private final SharedCache rest;
    private final SharedCache hot;
    private final HotKeys keys;

    HotSharedCache(SharedCache rest, SharedCache hot, HotKeys keys) {
        this.rest = rest;
        this.hot = hot;
        this.keys = keys;
    }

    @Override
    public Optional<Kept> get(String key) {
        // One that has just turned hot is still where it was.
        return keys.contains(key) ? hot.get(key).or(() -> rest.get(key)) : rest.get(key);
    }

    @Override
    public void put(String key, Cached cached, long loadedAt) {
        of(key).put(key, cached, loadedAt);
    }

    @Override
    public void invalidate(String key, long version) {
        rest.invalidate(key, version);
        if (keys.containedOfLate(key)) {
            hot.invalidate(key, version);
        }
    }

    @Override
    public boolean lease(String key, Duration longest) {
        return of(key).lease(key, longest);
    }

    @Override
    public void release(String key) {
        of(key).release(key);
    }

    private SharedCache of(String key) {
        return keys.contains(key) ? hot : rest;
    }
}
