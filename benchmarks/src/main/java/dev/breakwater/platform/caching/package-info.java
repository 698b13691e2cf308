/** What a benchmark needs of the package that is measured: its classes are for the platform's own eyes. */
@NullMarked
package dev.breakwater.platform.caching;

import org.jspecify.annotations.NullMarked;
