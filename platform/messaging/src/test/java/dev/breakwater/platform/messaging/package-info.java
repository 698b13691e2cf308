@NullMarked
package dev.breakwater.platform.messaging;

import org.jspecify.annotations.NullMarked;
