/** Calls to the running gateway. */
@NullMarked
package dev.breakwater.demo.gateway;

import org.jspecify.annotations.NullMarked;
