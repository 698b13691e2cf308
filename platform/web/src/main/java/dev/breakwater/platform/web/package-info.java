/** What every HTTP service of the suite does alike: its defaults and the small values of the public contract. */
@NullMarked
package dev.breakwater.platform.web;

import org.jspecify.annotations.NullMarked;
