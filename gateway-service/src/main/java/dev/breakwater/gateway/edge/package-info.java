/**
 * The edge cache: public reads answered by the gateway itself. It hears every change, so it may keep a page for longer
 * than the page's {@code max-age}, which is for caches that hear nothing.
 */
@NullMarked
package dev.breakwater.gateway.edge;

import org.jspecify.annotations.NullMarked;
