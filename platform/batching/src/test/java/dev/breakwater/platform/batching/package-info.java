/** The ingest batch, by example and by every interleaving that a model checker finds. */
@NullMarked
package dev.breakwater.platform.batching;

import org.jspecify.annotations.NullMarked;
