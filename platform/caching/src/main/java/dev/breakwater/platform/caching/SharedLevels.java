package dev.breakwater.platform.caching;

/** Makes the shared level of each cache. */
interface SharedLevels {

    SharedCache of(String name, HotKeys hot);

    HotBoard board(String name);
}
