/** Group commit for callers that would otherwise pay for one commit each. */
@NullMarked
package dev.breakwater.platform.batching;

import org.jspecify.annotations.NullMarked;
