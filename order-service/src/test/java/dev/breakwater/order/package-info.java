@NullMarked
package dev.breakwater.order;

import org.jspecify.annotations.NullMarked;
