/** The servers, started for real. */
@NullMarked
package dev.breakwater.platform.servers;

import org.jspecify.annotations.NullMarked;
