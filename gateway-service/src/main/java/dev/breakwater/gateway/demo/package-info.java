/** What exists in the demo profile alone. */
@NullMarked
package dev.breakwater.gateway.demo;

import org.jspecify.annotations.NullMarked;
