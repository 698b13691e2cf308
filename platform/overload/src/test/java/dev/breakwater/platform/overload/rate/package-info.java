@NullMarked
package dev.breakwater.platform.overload.rate;

import org.jspecify.annotations.NullMarked;
