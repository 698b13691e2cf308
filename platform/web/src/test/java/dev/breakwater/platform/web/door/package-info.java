@NullMarked
package dev.breakwater.platform.web.door;

import org.jspecify.annotations.NullMarked;
