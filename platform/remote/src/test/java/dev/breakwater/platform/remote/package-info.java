@NullMarked
package dev.breakwater.platform.remote;

import org.jspecify.annotations.NullMarked;
