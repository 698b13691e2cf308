package dev.breakwater.platform.caching;

import java.util.List;
import java.util.Map;

/** A {@link Source} that is asked for many keys at once. */
@FunctionalInterface
public interface ManySource {

    /**
     * What is true now, without the keys that there are not.
     *
     * @throws RuntimeException when that cannot be found out
     */
    Map<String, Cached> load(List<String> keys);
}
