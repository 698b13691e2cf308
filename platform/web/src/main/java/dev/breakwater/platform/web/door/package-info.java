/** The first thing that a call meets: whether there is room for it, by how much it matters. */
@NullMarked
package dev.breakwater.platform.web.door;

import org.jspecify.annotations.NullMarked;
