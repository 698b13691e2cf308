@NullMarked
package dev.breakwater.platform.discovery;

import org.jspecify.annotations.NullMarked;
