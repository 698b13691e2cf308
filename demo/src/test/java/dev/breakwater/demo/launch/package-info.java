/** The launcher's parts. */
@NullMarked
package dev.breakwater.demo.launch;

import org.jspecify.annotations.NullMarked;
