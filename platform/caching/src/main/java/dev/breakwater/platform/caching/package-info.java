/**
 * A cache of two levels, memory and Redis, that never shows a thing for longer than it promises. Every thing has a
 * version; an invalidation is a version below which nothing may be shown.
 */
@NullMarked
package dev.breakwater.platform.caching;

import org.jspecify.annotations.NullMarked;
