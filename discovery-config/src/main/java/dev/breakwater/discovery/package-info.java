/** The registry in which services find each other, and the server of the configuration they share. */
@NullMarked
package dev.breakwater.discovery;

import org.jspecify.annotations.NullMarked;
