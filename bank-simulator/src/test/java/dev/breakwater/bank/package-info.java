/** The simulator over HTTP against a real database. */
@NullMarked
package dev.breakwater.bank;

import org.jspecify.annotations.NullMarked;
