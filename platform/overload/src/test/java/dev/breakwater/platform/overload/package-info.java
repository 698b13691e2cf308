@NullMarked
package dev.breakwater.platform.overload;

import org.jspecify.annotations.NullMarked;
