/** Work behind limits that follow what the dependency can take. */
@NullMarked
package dev.breakwater.platform.overload;

import org.jspecify.annotations.NullMarked;
