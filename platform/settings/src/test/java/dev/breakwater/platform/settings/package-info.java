/** Settings that change while a service runs. */
@NullMarked
package dev.breakwater.platform.settings;

import org.jspecify.annotations.NullMarked;
