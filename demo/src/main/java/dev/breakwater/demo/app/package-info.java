/** The services made ready to run: unpacked, with the JDK's ahead-of-time cache. */
@NullMarked
package dev.breakwater.demo.app;

import org.jspecify.annotations.NullMarked;
