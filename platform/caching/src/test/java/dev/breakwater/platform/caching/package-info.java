@NullMarked
package dev.breakwater.platform.caching;

import org.jspecify.annotations.NullMarked;
