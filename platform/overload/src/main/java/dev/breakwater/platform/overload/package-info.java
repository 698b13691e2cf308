/**
 * What keeps an overload bearable: limits that follow what can be done, a door with priorities, callers that hold back.
 */
@NullMarked
package dev.breakwater.platform.overload;

import org.jspecify.annotations.NullMarked;
