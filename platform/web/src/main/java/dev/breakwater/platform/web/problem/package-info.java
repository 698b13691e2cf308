/** Every error, wherever it arises, leaves as one RFC 9457 problem with a stable code and the trace id. */
@NullMarked
package dev.breakwater.platform.web.problem;

import org.jspecify.annotations.NullMarked;
