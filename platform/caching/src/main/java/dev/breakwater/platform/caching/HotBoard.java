package dev.breakwater.platform.caching;

import java.util.Set;

/**
 * Where instances tell each other which keys are hot. It never throws: with a board that is away everybody is alone.
 */
@FunctionalInterface
interface HotBoard {

    /** For who has no neighbours. */
    HotBoard NONE = mine -> mine;

    /**
     * Writes what this instance found.
     *
     * @return what all instances found of late, this one included
     */
    Set<String> exchange(Set<String> mine);
}
