@NullMarked
package dev.breakwater.gateway.limits;

import org.jspecify.annotations.NullMarked;
