/** Health, build and figures of the process on a port of its own. */
@NullMarked
package dev.breakwater.bank.operations;

import org.jspecify.annotations.NullMarked;
