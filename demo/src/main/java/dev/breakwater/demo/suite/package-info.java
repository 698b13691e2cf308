/** What the running suite consists of: its services, their ports, and how each is run. */
@NullMarked
package dev.breakwater.demo.suite;

import org.jspecify.annotations.NullMarked;
