@NullMarked
package dev.breakwater.platform.web.exchange;

import org.jspecify.annotations.NullMarked;
